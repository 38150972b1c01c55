using System.Reflection;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Views;

namespace Barnahus.Architecture.Tests;

/// <summary>What code that must give the same again may not touch: clocks, new ids, chance, the machine, anything outside.</summary>
internal static class Purity
{
    private static readonly string[] ForbiddenMembers =
    [
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today",
        "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow",
        "System.Guid.NewGuid", "System.Guid.CreateVersion7", "System.TimeZoneInfo.get_Local",
    ];

    private static readonly string[] ForbiddenTypes =
    [
        "System.TimeProvider", "Barnahus.Platform.Hosting.DomainClock", "System.Random", "System.Environment", "System.Diagnostics.Stopwatch",
        "System.Security.Cryptography.RandomNumberGenerator", "System.Threading.Thread", "System.Console",
        "System.Diagnostics.Activity", "Barnahus.Platform.EventLog.IEventLog", "Barnahus.Platform.Deciding.CommandHandler",
    ];

    /// <summary>A view may open what must be compared or computed on; a decider gets it opened, with the command.</summary>
    private static readonly string[] ForbiddenToDeciders = ["Barnahus.Platform.Privacy.IKeyVault", "Barnahus.Platform.Privacy.PersonalData"];

    /// <summary>Bytes in memory are nothing outside.</summary>
    private static readonly string[] Harmless = ["System.IO.MemoryStream", "System.IO.Stream"];

    private static readonly string[] ForbiddenNamespaces = ["System.IO", "System.Net", "Microsoft.Data", "Microsoft.Extensions", "Microsoft.AspNetCore", "MassTransit"];

    /// <summary>The code of every decider of these types: what a field <c>Decider</c> decides and folds with.</summary>
    public static IEnumerable<MethodBase> Deciding(IEnumerable<Type> types) =>
        from type in types
        where !type.ContainsGenericParameters
        from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
        where field.FieldType.IsConstructedGenericType && field.FieldType.GetGenericTypeDefinition() == typeof(Decider<,>)
        let decider = field.GetValue(null)!
        from part in new[] { nameof(Decider<,>.Decide), nameof(Decider<,>.Evolve) }
        select ((Delegate)field.FieldType.GetProperty(part)!.GetValue(decider)!).Method;

    /// <summary>The code of every read model of these types: views, raw views and the indexes they keep.</summary>
    public static IEnumerable<MethodBase> Viewing(IEnumerable<Type> types) => types
        .Where(type => !type.IsAbstract && (type.IsSubclassOf(typeof(View)) || type.IsAssignableTo(typeof(IRawView)) || type.Name.EndsWith("Index", StringComparison.Ordinal)))
        .Where(type => !type.IsSubclassOf(typeof(Microsoft.Extensions.Hosting.BackgroundService)))
        .SelectMany(MembersUsed.CodeOf);

    /// <summary>What deciding code touches, itself or by what it calls, that it may not; a sentence each.</summary>
    public static IEnumerable<string> ViolationsOfDeciding(IEnumerable<MethodBase> code) => Violations(code, [.. ForbiddenTypes, .. ForbiddenToDeciders]);

    /// <inheritdoc cref="ViolationsOfDeciding"/>
    public static IEnumerable<string> ViolationsOfViews(IEnumerable<MethodBase> code) => Violations(code, ForbiddenTypes);

    private static IEnumerable<string> Violations(IEnumerable<MethodBase> code, IReadOnlyCollection<string> forbiddenTypes) =>
        from pair in MembersUsed.Reached(code, [.. House.All, Assembly.GetExecutingAssembly()])
        let owner = pair.Used.DeclaringType?.FullName ?? ""
        let space = pair.Used.DeclaringType?.Namespace ?? ""
        where $"{owner}.{pair.Used.Name}" != "System.Environment.get_CurrentManagedThreadId" // what the compiler makes of an iterator
        where ForbiddenMembers.Contains($"{owner}.{pair.Used.Name}")
            || forbiddenTypes.Contains(owner)
            || !Harmless.Contains(owner) && ForbiddenNamespaces.Any(name => space == name || space.StartsWith(name + ".", StringComparison.Ordinal))
        select $"{pair.By.DeclaringType?.FullName}, {pair.By.Name}: {owner}.{pair.Used.Name}";
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
