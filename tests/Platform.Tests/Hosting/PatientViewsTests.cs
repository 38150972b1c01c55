using Barnahus.Platform.EventLog;
using Barnahus.Platform.EventLog.Sql.Sqlite;
using Barnahus.Platform.Privacy;
using Barnahus.Platform.Tests.Privacy;
using Barnahus.Platform.Views;
using Barnahus.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Barnahus.Platform.Tests.Hosting;

/// <summary>A key vault that is away for a while stops no view for good: the views wait for it, and every event is folded once.</summary>
public sealed class PatientViewsTests : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("barnahus-");
    private readonly MemoryKeyVault _vault = new();
    private readonly EventCodec _codec;
    private readonly SqliteEventLog _log;
    private readonly Counting _counting = new();
    private readonly Opening _opening;
    private readonly Raw _raw = new();
    private readonly ViewHost _host;

    public PatientViewsTests()
    {
        _codec = Sample.Codec(_vault);
        _log = SqliteEventLog.Open(Path.Combine(_folder.FullName, "events.db"));
        _opening = new Opening(new PersonalData(_vault));
        _host = new ViewHost(_log, _codec, [_counting, _opening], [_raw], NullLogger<ViewHost>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
        await _log.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task An_event_that_comes_while_the_vault_is_away_is_folded_once_when_it_is_back()
    {
        await _host.StartAsync(CancellationToken.None);
        await TellAsync("one", StreamRevision.None);
        await UntilAsync(() => _opening.Told.Count == 1);

        var second = (await _codec.EncodeAsync("sample.child-1", [Told("two")], Sample.Context("two"), CancellationToken.None)).ToList();
        _vault.IsUnreachable = true;
        await _log.AppendAsync("sample.child-1", 0, second, CancellationToken.None);
        await UntilAsync(() => _opening.Failed >= 2);
        _host.Stopped.ShouldBeNull();
        _host.WaitingFor.ShouldNotBeNull();
        _opening.Told.ShouldBe(["one"]);
        _raw.Count.ShouldBe(1, "it comes after the view that waits");

        _vault.IsUnreachable = false;
        await UntilAsync(() => _opening.Told.Count == 2);
        _opening.Told.ShouldBe(["one", "two"]);
        _counting.Count.ShouldBe(2, "the view before it has taken the event already");
        await UntilAsync(() => _host.WaitingFor is null);
        _raw.Count.ShouldBe(2);
        _host.Stopped.ShouldBeNull();
    }

    [Fact]
    public async Task A_view_that_takes_what_is_not_decoded_waits_alike_and_those_before_it_take_nothing_twice()
    {
        await TellAsync("one", StreamRevision.None);
        _raw.Asks = () => _vault.Get(new KeyName(SubjectId.Child(Sample.ChildId), Regime.Police));
        _vault.IsUnreachable = true;
        _opening.Opens = false;
        await _host.StartAsync(CancellationToken.None);
        await UntilAsync(() => _raw.Failed >= 2);
        _host.WaitingFor.ShouldNotBeNull();

        _vault.IsUnreachable = false;
        await UntilAsync(() => _raw.Count == 1);
        _counting.Count.ShouldBe(1);
        _host.Stopped.ShouldBeNull();
    }

    [Fact]
    public async Task A_process_that_is_asked_to_end_does_not_wait_for_the_vault()
    {
        await TellAsync("one", StreamRevision.None);
        _vault.IsUnreachable = true;
        await _host.StartAsync(CancellationToken.None);
        await UntilAsync(() => _opening.Failed >= 2);
        await _host.StopAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(5));
        _host.Stopped.ShouldBeNull("it was asked to");
        _opening.Told.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_put_off_until_the_views_have_caught_up_waits_for_the_vault_too()
    {
        _opening.NeedsKeyToSettle = new KeyName(SubjectId.Child(Sample.ChildId), Regime.Police);
        await TellAsync("one", StreamRevision.None);
        _opening.AwayAtSettling = _vault;
        await _host.StartAsync(CancellationToken.None);
        await UntilAsync(() => _opening.Failed >= 2);
        _host.Stopped.ShouldBeNull();
        _host.CaughtUp.ShouldBeFalse();

        _opening.AwayAtSettling = null;
        _vault.IsUnreachable = false;
        await UntilAsync(() => _host.CaughtUp);
        _opening.Settled.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task What_is_wrong_with_an_event_still_stops_them()
    {
        await _host.StartAsync(CancellationToken.None);
        var told = await _codec.EncodeAsync("sample.child-1", [Told("one")], Sample.Context("one"), CancellationToken.None);
        _vault.Lose(new KeyName(SubjectId.Child(Sample.ChildId), Regime.Police));
        await _log.AppendAsync("sample.child-1", StreamRevision.None, told, CancellationToken.None);
        await UntilAsync(() => _host.Stopped is not null);
        _host.Stopped.ShouldBeOfType<PoisonEventException>().InnerException.ShouldBeOfType<KeyMissingException>();
    }

    private static ChildTold Told(string what) => new(Sample.ChildId, Personal.Of(what));

    private static async Task UntilAsync(Func<bool> met)
    {
        for (var i = 0; i < 400 && !met(); i++)
        {
            await Task.Delay(25);
        }

        met().ShouldBeTrue("within ten seconds");
    }

    private async Task TellAsync(string what, long expected) => await _log.AppendAsync(
        "sample.child-1", expected, await _codec.EncodeAsync("sample.child-1", [Told(what)], Sample.Context(what), CancellationToken.None), CancellationToken.None);

    private sealed class Counting : View
    {
        public Counting() => On<ChildTold>(_ => Count++);

        public int Count { get; private set; }
    }

    private sealed class Raw : IRawView
    {
        public int Count { get; private set; }

        public int Failed { get; private set; }

        public Action? Asks { get; set; }

        public void Apply(LoggedEvent logged)
        {
            try
            {
                Asks?.Invoke();
            }
            catch (VaultUnreachableException)
            {
                Failed++;
                throw;
            }

            Count++;
        }
    }

    private sealed class Opening : View
    {
        public Opening(PersonalData personal) => On<ChildTold>(e => Trying(() => Told.Add(Opens ? personal.Open(e.What!).ValueOrDefault! : "")));

        public bool Opens { get; set; } = true;

        public List<string> Told { get; } = [];

        public int Failed { get; private set; }

        public int Settled { get; private set; }

        public KeyName? NeedsKeyToSettle { get; set; }

        public MemoryKeyVault? AwayAtSettling { get; set; }

        public override void Settle()
        {
            if (AwayAtSettling is { } away)
            {
                away.IsUnreachable = true;
                Trying(() => away.Get(NeedsKeyToSettle!));
            }

            Settled++;
        }

        private void Trying(Action action)
        {
            try
            {
                action();
            }
            catch (VaultUnreachableException)
            {
                Failed++;
                throw;
            }
        }
    }
}
