using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Barnahus.Platform.EventLog;

namespace Barnahus.Testing;

/// <summary>
/// Golden JSON of every event version of a service, in the folder <c>Golden</c> beside the test: what was written once is read for ever.
/// A new version gets its file with <c>BARNAHUS_GOLDEN=write</c>; an existing file only changes by hand, and only before the version was ever written.
/// </summary>
/// <example><c>public sealed class GoldenEvents() : GoldenEventSpec(typeof(IntakeModule).Assembly, "intake");</c></example>
public abstract class GoldenEventSpec
{
    private readonly EventTypes _types;
    private readonly string _folder;

    protected GoldenEventSpec(Assembly assembly, string prefix, [CallerFilePath] string testFile = "")
        : this([EventSource.Of(assembly, prefix)], testFile)
    {
    }

    /// <summary>The events of sources, which need not be a whole assembly.</summary>
    protected GoldenEventSpec(IEnumerable<EventSource> sources, [CallerFilePath] string testFile = "")
    {
        _types = new EventTypes(sources);
        _folder = Path.Combine(Path.GetDirectoryName(testFile)!, "Golden");
    }

    /// <summary>True when a missing file is written.</summary>
    protected virtual bool MayWrite => Environment.GetEnvironmentVariable("BARNAHUS_GOLDEN") == "write";

    [Fact]
    public void Every_event_version_is_written_as_its_golden_file_shows()
    {
        var wrong = Events().Where(e => !Agrees(e.Known, e.Golden)).Select(e => e.Known.Name).ToList();
        wrong.ShouldBeEmpty(
            $"These versions are not written as {_folder} shows. A change of what is written is a new version; "
            + "for a new version, set BARNAHUS_GOLDEN=write and look at its file.");
    }

    [Fact]
    public void Every_golden_file_is_read_by_the_code_of_today()
    {
        var codec = new EventCodec(_types, new MemoryKeyVault());
        foreach (var (known, golden) in Events().Where(e => File.Exists(FileOf(e.Known.Name))))
        {
            var logged = golden.Logged(File.ReadAllText(FileOf(known.Name)));
            var read = codec.Decode(logged).Event;
            read.GetType().ShouldBe(known.Current, known.Name);
            if (!known.Retired)
            {
                JsonSerializer.Serialize(read, read.GetType(), EventJson.Options).ShouldBe(golden.Written, known.Name);
            }
        }
    }

    [Fact]
    public void No_version_that_was_written_is_forgotten()
    {
        var files = Directory.Exists(_folder) ? Directory.GetFiles(_folder, "*.json").Select(Path.GetFileNameWithoutExtension) : [];
        files.Except(_types.Names).ShouldBeEmpty("Keep the record of each as a retired version, with an upcaster.");
    }

    private IEnumerable<(KnownEvent Known, GoldenEvent Golden)> Events() =>
        _types.Names.Select(name => _types.Find(name)!).Select(known => (known, new GoldenEvent(known)));

    private bool Agrees(KnownEvent known, GoldenEvent golden)
    {
        var file = FileOf(known.Name);
        if (!File.Exists(file) && MayWrite)
        {
            Directory.CreateDirectory(_folder);
            File.WriteAllText(file, golden.Golden);
        }

        return File.Exists(file) && File.ReadAllText(file) == golden.Golden;
    }

    private string FileOf(string name) => Path.Combine(_folder, name + ".json");
}
