using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Hosting;
using Barnahus.Testing;
using Microsoft.Extensions.Configuration;

namespace Barnahus.Platform.Tests.Hosting;

/// <summary>Demonstration, tests and real children never share a log, and domain time starts elsewhere in the first two only.</summary>
public sealed class InstallationTests : IAsyncLifetime, IAsyncDisposable
{
    private static readonly EventCodec Codec = new(new EventTypes([new EventSource("platform", [typeof(InstallationBegun)])]), new MemoryKeyVault());
    private TemporaryLog _log = null!;

    public Task InitializeAsync()
    {
        _log = new TemporaryLog();
        return Task.CompletedTask;
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public ValueTask DisposeAsync() => _log.DisposeAsync();

    [Theory]
    [InlineData("production", "demonstration")]
    [InlineData("production", "test")]
    [InlineData("demonstration", "production")]
    [InlineData("demonstration", "test")]
    [InlineData("test", "demonstration")]
    public async Task What_was_begun_for_one_is_not_started_for_another(string begun, string started)
    {
        await CheckAsync(begun);
        await CheckAsync(begun);
        var before = await _log.Log.HeadAsync(default);
        var refused = await Should.ThrowAsync<WrongInstallationException>(() => CheckAsync(started));
        refused.Message.ShouldContain(begun);
        (await _log.Log.HeadAsync(default)).ShouldBe(before, "nothing was changed");
    }

    [Fact]
    public async Task A_log_from_before_there_were_marks_is_a_real_one()
    {
        var id = Guid.CreateVersion7();
        var context = new CommandContext(id, Actor.System("test"), null, TimeProvider.System.GetUtcNow(), id);
        await _log.Log.AppendAsync("platform.old", StreamRevision.None, await Codec.EncodeAsync("platform.old", [new InstallationBegun("x")], context, default), default);
        await Should.ThrowAsync<WrongInstallationException>(() => CheckAsync("demonstration"));
        await CheckAsync("production");
    }

    [Fact]
    public async Task Of_processes_that_start_at_the_same_time_all_agree()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => CheckAsync("demonstration")));
        (await _log.Log.ReadAllAsync(LogPosition.Start, 10, default)).ShouldHaveSingleItem().Type.ShouldBe("platform.installation-begun.v1");
    }

    [Theory]
    [InlineData("--Demo=true", "demonstration")]
    [InlineData("--Clock:Test=true", "test")]
    [InlineData("--Demo=false", "production")]
    public void The_configuration_says_what_it_is_for(string setting, string expected) =>
        Installation.For(Settings(setting)).ShouldBe(expected);

    [Fact]
    public void Domain_time_starts_elsewhere_in_demonstration_and_tests_only()
    {
        const string Start = "--Clock:Start=2041-01-01T00:00:00Z";
        Should.Throw<InvalidOperationException>(() => Clocks.Domain(Settings(Start))).Message.ShouldContain("--demo");
        Should.Throw<InvalidOperationException>(() => Clocks.Domain(Settings(Start, "--Demo=false", "--Clock:Test=false")));
        Should.Throw<InvalidOperationException>(() => Clocks.Domain(Settings("--Clock:Start=tomorrow", "--Demo=true"))).Message.ShouldContain("ISO 8601");
        Clocks.Domain(Settings(Start, "--Demo=true")).GetUtcNow().Year.ShouldBe(2041);
        Clocks.Domain(Settings(Start, "--Clock:Test=true")).GetUtcNow().Year.ShouldBe(2041);
        Clocks.Domain(Settings()).ShouldBe(TimeProvider.System);
    }

    private static IConfiguration Settings(params string[] settings) => new ConfigurationBuilder().AddCommandLine(settings).Build();

    private Task CheckAsync(string purpose) => Installation.CheckAsync(_log.Log, Codec, purpose, default);
}
