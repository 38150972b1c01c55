using System.Reflection;

namespace Barnahus.Architecture.Tests;

/// <summary>Which line belongs where (docs: the picture in README.md).</summary>
public sealed class LayoutTests
{
    [Fact]
    public void Services_do_not_reference_each_other() =>
        House.Services.SelectMany(service => ServiceReferences(service.GetName().Name!, service.GetReferencedAssemblies())).ShouldBeEmpty();

    [Fact]
    public void A_planted_reference_between_services_is_found() =>
        ServiceReferences("Barnahus.Safety", [new AssemblyName("Barnahus.Platform"), new AssemblyName("Barnahus.Intake")])
            .ShouldHaveSingleItem().ShouldBe("Barnahus.Safety -> Barnahus.Intake");

    [Fact]
    public void Nor_the_gateway_or_the_identity_provider() =>
        ServiceReferences("Barnahus.Safety", [new AssemblyName("Barnahus.Gateway"), new AssemblyName("Barnahus.Identity")]).Count().ShouldBe(2);

    [Fact]
    public void Contracts_reference_nothing_of_the_house()
    {
        HouseReferences(Assembly.Load("Barnahus.Contracts").GetReferencedAssemblies()).ShouldBeEmpty();
        HouseReferences([new AssemblyName("System.Runtime"), new AssemblyName("Barnahus.Platform")]).ShouldHaveSingleItem();
    }

    [Fact]
    public void The_platform_knows_no_service()
    {
        ServiceReferences("Barnahus.Platform", Assembly.Load("Barnahus.Platform").GetReferencedAssemblies()).ShouldBeEmpty();
        ServiceReferences("Barnahus.Platform", [new AssemblyName("Barnahus.Contracts"), new AssemblyName("Barnahus.Intake")]).ShouldHaveSingleItem();
    }

    [Fact]
    public void No_mutable_statics()
    {
        var fields = House.All.SelectMany(assembly => assembly.GetTypes()).SelectMany(MutableStatics);
        fields.Select(field => $"{field.DeclaringType}.{field.Name}").ShouldBeEmpty();
        MutableStatics(typeof(PlantedStatic)).ShouldHaveSingleItem();
    }

    [Fact]
    public void Decision_records_are_numbered_one_by_one() =>
        Directory.EnumerateFiles(Path.Combine(House.Root, "docs", "decisions"), "*.md").Order(StringComparer.Ordinal)
            .Select(file => (Name: Path.GetFileName(file)[..4], Title: File.ReadLines(file).First()[2..6]))
            .Select((record, index) => record == ($"{index + 1:0000}", $"{index + 1:0000}")).ShouldAllBe(numbered => numbered);

    [Fact]
    public void A_file_is_at_most_250_lines()
    {
        var files = SourceFiles().Select(file => (Path.GetRelativePath(House.Root, file), File.ReadLines(file).Count())).ToList();
        files.Count.ShouldBeGreaterThan(500);
        TooLong(files).ShouldBeEmpty();
        TooLong([("Planted.cs", 251), ("Fits.cs", 250)]).ShouldHaveSingleItem();
    }

    private static IEnumerable<string> TooLong(IEnumerable<(string File, int Lines)> files) =>
        files.Where(pair => pair.Lines > 250).Select(pair => $"{pair.File}: {pair.Lines}");

    private static IEnumerable<string> HouseReferences(IEnumerable<AssemblyName> references) =>
        references.Select(name => name.Name!).Where(name => name.StartsWith("Barnahus.", StringComparison.Ordinal));

    private static IEnumerable<string> ServiceReferences(string from, IEnumerable<AssemblyName> references)
    {
        var hosts = House.Services.Select(service => service.GetName().Name!).Concat(["Barnahus.Gateway", "Barnahus.Identity"]).ToHashSet(StringComparer.Ordinal);
        return references.Where(to => to.Name != from && hosts.Contains(to.Name!)).Select(to => $"{from} -> {to.Name}");
    }

    private static IEnumerable<FieldInfo> MutableStatics(Type type) => type
        .GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        .Where(field => !field.IsInitOnly && !field.IsLiteral && !IsGenerated(field));

    // Caches of lambdas, static properties' backing fields without setter and regular-expression code are the compiler's.
    private static bool IsGenerated(FieldInfo field) =>
        field.Name.Contains('<', StringComparison.Ordinal)
        || field.DeclaringType!.FullName!.Contains('<', StringComparison.Ordinal)
        || field.DeclaringType.Namespace?.StartsWith("System", StringComparison.Ordinal) == true
        || field.DeclaringType.Namespace?.StartsWith("Microsoft", StringComparison.Ordinal) == true;

    private static IEnumerable<string> SourceFiles() => new[] { "services", "gateway", "tests", "deploy" }
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(House.Root, folder), "*.cs", SearchOption.AllDirectories))
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    private static class PlantedStatic
    {
#pragma warning disable CS0414, CA1823, IDE0044, IDE0051, CA1805 // It stands here to be found.
        private static int counter = 0;
#pragma warning restore CS0414, CA1823, IDE0044, IDE0051, CA1805
    }
}
