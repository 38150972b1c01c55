using Barnahus.Platform.EventLog;

namespace Barnahus.Platform.Tests.EventLog;

/// <summary>Who the server does not know, or does not let in.</summary>
public sealed class EventStoreDbSignInTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [SkippableFact]
    public async Task A_wrong_password_is_told_in_time_as_a_log_that_does_not_answer()
    {
        var server = new UriBuilder(EventStoreDbUnderTest.ServerWithSignIn()) { Password = "wrong" };
        await using var disposable = (IAsyncDisposable)EventLogs.Open(EventStoreDbUnderTest.OnServer(server.Uri.ToString()));
        var log = (IEventLog)disposable;
        await Task.WhenAll(
            Should.ThrowAsync<LogUnreachableException>(() => log.AppendAsync("test.a", StreamRevision.None, [Event()], None)),
            Should.ThrowAsync<LogUnreachableException>(() => log.HeadAsync(None))).WaitAsync(TimeSpan.FromSeconds(30));
    }

    [SkippableFact]
    public async Task Who_may_not_is_told_so_and_nothing_is_appended()
    {
        var known = EventStoreDbUnderTest.OnServer(EventStoreDbUnderTest.ServerWithSignIn());
        await using var disposable = (IAsyncDisposable)EventLogs.Open(new UriBuilder(known) { UserName = "", Password = "" }.Uri.ToString());
        var log = (IEventLog)disposable;
        (await Should.ThrowAsync<Exception>(() => log.AppendAsync("test.a", StreamRevision.None, [Event()], None).WaitAsync(TimeSpan.FromSeconds(30))))
            .GetType().Name.ShouldBe("AccessDeniedException");
        (await Should.ThrowAsync<Exception>(() => log.HeadAsync(None).WaitAsync(TimeSpan.FromSeconds(30)))).GetType().Name.ShouldBe("AccessDeniedException");

        await using var allowed = (IAsyncDisposable)EventLogs.Open(known);
        (await ((IEventLog)allowed).HeadAsync(None)).ShouldBe(LogPosition.Start);
    }

    private static EventToAppend Event() => new(Guid.NewGuid(), "test.happened.v1", "{}"u8.ToArray(), """{"subject":"none"}"""u8.ToArray());
}
