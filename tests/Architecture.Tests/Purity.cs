using System.Reflection;

namespace Barnahus.Architecture.Tests;

/// <summary>What code that must give the same again may not touch: clocks, new ids, chance, the machine, anything outside.</summary>
internal static class Purity
{
    private static readonly string[] ForbiddenMembers =
    [
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today",
        "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow",
        "System.Guid.NewGuid", "System.Guid.CreateVersion7",
    ];

    private static readonly string[] ForbiddenTypes =
    [
        "System.TimeProvider", "Barnahus.Platform.Hosting.DomainClock", "System.Random", "System.Environment", "System.Diagnostics.Stopwatch",
        "System.Security.Cryptography.RandomNumberGenerator", "System.Threading.Thread", "System.Console",
        "Barnahus.Platform.EventLog.IEventLog", "Barnahus.Platform.Deciding.CommandHandler",
    ];

    private static readonly string[] ForbiddenNamespaces = ["System.IO", "System.Net", "Microsoft.Data", "Microsoft.Extensions", "Microsoft.AspNetCore", "MassTransit"];

    /// <summary>What a type touches that it may not; a sentence each.</summary>
    public static IEnumerable<string> Violations(Type type) =>
        from pair in MembersUsed.Of(type)
        let owner = pair.Used.DeclaringType?.FullName ?? ""
        let space = pair.Used.DeclaringType?.Namespace ?? ""
        where $"{owner}.{pair.Used.Name}" != "System.Environment.get_CurrentManagedThreadId" // what the compiler makes of an iterator
        where ForbiddenMembers.Contains($"{owner}.{pair.Used.Name}")
            || ForbiddenTypes.Contains(owner)
            || ForbiddenNamespaces.Any(name => space == name || space.StartsWith(name + ".", StringComparison.Ordinal))
        select $"{type.FullName}, {pair.By.Name}: {owner}.{pair.Used.Name}";
}

/// <summary>The assemblies of the house.</summary>
internal static class House
{
    public static IReadOnlyList<Assembly> Services { get; } =
        [.. new[] { "Intake", "Interviews", "Safety", "Turnaround", "Timeline" }.Select(name => Assembly.Load($"Barnahus.{name}"))];

    public static IReadOnlyList<Assembly> All { get; } =
        [.. Services, .. new[] { "Platform", "Contracts", "Identity", "Gateway" }.Select(name => Assembly.Load($"Barnahus.{name}"))];

    /// <summary>Folder with <c>Barnahus.sln</c>.</summary>
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    private static string FindRoot(string folder) => File.Exists(Path.Combine(folder, "Barnahus.sln"))
        ? folder
        : FindRoot(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Barnahus.sln is not above the tests."));
}
