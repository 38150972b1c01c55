using System.Runtime.CompilerServices;
using Barnahus.Testing;

namespace Barnahus.Architecture.Tests;

/// <summary>docs/event-catalogue.md is what the code says.</summary>
public sealed class EventCatalogueTests
{
    private readonly string _file = FileBeside();

    [Fact]
    public void The_catalogue_in_the_docs_is_generated_from_this_code()
    {
        var catalogue = new EventCatalogue(EventCatalogue.AllAssemblies()).ToMarkdown();
        if (Environment.GetEnvironmentVariable("BARNAHUS_GOLDEN") == "write")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
            File.WriteAllText(_file, catalogue);
        }

        var written = File.ReadAllText(_file);
        catalogue.Split('\n').Except(written.Split('\n'), StringComparer.Ordinal).ShouldBeEmpty("The events changed: write docs/event-catalogue.md anew with BARNAHUS_GOLDEN=write.");
        (written == catalogue).ShouldBeTrue("Something stands in docs/event-catalogue.md that is no event: write it anew with BARNAHUS_GOLDEN=write.");
    }

    private static string FileBeside([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "docs", "event-catalogue.md"));
}
