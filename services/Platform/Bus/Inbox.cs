using System.Reflection;
using Barnahus.Contracts;

namespace Barnahus.Platform.Bus;

/// <summary>The one queue of a service, which all its replicas take from: <c>intake.inbox</c>; what failed goes to <c>intake.inbox_error</c>.</summary>
public static class Inbox
{
    /// <summary>Queue of a service.</summary>
    /// <param name="service">Name of the service, e.g. <c>intake</c>.</param>
    public static string Of(string service) => $"{service}.inbox";

    /// <summary>Inboxes of all services that take anything.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Contracts.SelectMany(contract => TakenBy(contract)).Distinct()];

    /// <summary>The messages there are.</summary>
    internal static IEnumerable<Type> Contracts => typeof(TakenByAttribute).Assembly.GetTypes().Where(type => type.IsDefined(typeof(TakenByAttribute)));

    /// <summary>Inboxes of the services that take a message.</summary>
    internal static IEnumerable<string> TakenBy(Type contract) => contract.GetCustomAttribute<TakenByAttribute>()!.Services.Select(Of);

    /// <summary>Where messages of an inbox go that could not be handled.</summary>
    public static string Errors(string inbox) => $"{inbox}_error";

    /// <summary>Service of a consumer: the last part of its assembly's name.</summary>
    public static string ServiceOf(Type consumer) => consumer.Assembly.GetName().Name!.Split('.')[^1].ToLowerInvariant();
}

/// <summary>The inboxes of this process's services, each with its consumers.</summary>
internal sealed record Inboxes(ILookup<string, Type> Consumers)
{
    /// <summary>For a process that only publishes.</summary>
    public static Inboxes None { get; } = new(Array.Empty<Type>().ToLookup(type => type.Name));
}
