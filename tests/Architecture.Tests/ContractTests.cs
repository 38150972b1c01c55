using System.Reflection;
using Barnahus.Contracts;
using MassTransit;

namespace Barnahus.Architecture.Tests;

/// <summary>The publisher makes the inboxes of all who take a message; who that is stands at the contract and must be true.</summary>
public sealed class ContractTests
{
    [Fact]
    public void Each_contract_names_the_services_that_consume_it()
    {
        var consumed = House.Services
            .SelectMany(service => service.GetTypes().SelectMany(MessagesOf).Select(message => (message, service: service.GetName().Name!.Split('.')[1].ToLowerInvariant())))
            .GroupBy(pair => pair.message, pair => pair.service)
            .ToDictionary(group => group.Key, group => group.Distinct().Order(StringComparer.Ordinal).ToList());
        var named = typeof(TakenByAttribute).Assembly.GetTypes()
            .Where(type => type.IsDefined(typeof(TakenByAttribute)))
            .ToDictionary(type => type, type => type.GetCustomAttribute<TakenByAttribute>()!.Services.Order(StringComparer.Ordinal).ToList());
        consumed.Count.ShouldBe(4);
        named.Keys.ShouldBe(consumed.Keys, ignoreOrder: true);
        foreach (var (message, services) in consumed)
        {
            named[message].ShouldBe(services, message.Name);
        }
    }

    private static IEnumerable<Type> MessagesOf(Type type) => type.GetInterfaces()
        .Where(implemented => implemented.IsGenericType && implemented.GetGenericTypeDefinition() == typeof(IConsumer<>))
        .Select(consumer => consumer.GetGenericArguments()[0]);
}
