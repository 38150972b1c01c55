using Barnahus.Identity.Sessions;
using Barnahus.Platform.Privacy;
using Barnahus.Testing;

namespace Barnahus.Gateway.Tests.Sessions;

public sealed class SessionDeciderTests() : DeciderSpec<SessionCommand, Session>(Session.Decider)
{
    private static readonly Guid Id = Guid.Parse("019a0000-0000-7000-8000-000000000001");
    private static readonly Guid Account = Guid.Parse("019a0000-0000-7000-8000-000000000002");
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch.AddYears(56);

    private static readonly SessionStarted Started = new(
        Id, Account, "password", Personal.Of("Firefox"), Personal.Of("192.0.2.1"), Start, Start.AddHours(8), TimeSpan.FromMinutes(20));

    [Fact]
    public Task A_session_starts_once() => Given()
        .When(new SessionCommand.Start(Id, Account, "password", "Firefox", "192.0.2.1", Start, Start.AddHours(8), TimeSpan.FromMinutes(20)))
        .Then(Started);

    [Fact]
    public void What_was_never_started_is_over() => Given().When(Use(Start)).ThenRefused("session-over");

    [Fact]
    public async Task Its_use_is_noted_once_in_a_few_minutes()
    {
        await Given(Started).When(Use(Start.AddMinutes(3))).Then();
        await Given(Started).When(Use(Start.AddMinutes(4))).Then(new SessionUsed(Id, Account, Start.AddMinutes(4)));
    }

    [Fact]
    public async Task It_ends_after_twenty_minutes_without_a_request()
    {
        await Given(Started).When(Use(Start.AddMinutes(20))).Then(new SessionUsed(Id, Account, Start.AddMinutes(20)));
        Given(Started).When(Use(Start.AddMinutes(20).AddSeconds(1))).ThenRefused("session-over");
        await Given(Started).When(Use(Start.AddMinutes(30), seenAt: Start.AddMinutes(12))).Then(new SessionUsed(Id, Account, Start.AddMinutes(30)));
    }

    [Fact]
    public async Task It_ends_after_eight_hours_whatever_happens_in_it()
    {
        var used = new SessionUsed(Id, Account, Start.AddHours(8).AddMinutes(-5));
        await Given(Started, used).When(Use(Start.AddHours(8))).Then(new SessionUsed(Id, Account, Start.AddHours(8)));
        Given(Started, used).When(Use(Start.AddHours(8).AddSeconds(1))).ThenRefused("session-over");
    }

    [Fact]
    public async Task What_was_ended_stays_ended()
    {
        var ended = new SessionEnded(Id, Account, "signed-out", Start.AddMinutes(1));
        await Given(Started).When(new SessionCommand.End(Id, "signed-out", Start.AddMinutes(1))).Then(ended);
        await Given(Started, ended).When(new SessionCommand.End(Id, "by-administrator", Start.AddMinutes(2))).Then();
        Given(Started, ended).When(Use(Start.AddMinutes(2))).ThenRefused("session-over");
        Given(Started, ended).When(new SessionCommand.Confirm(Id, "code", Start.AddMinutes(2))).ThenRefused("session-over");
        Given(Started, ended).When(new SessionCommand.StatePurpose(Id, "auditor", "oversight")).ThenRefused("session-over");
    }

    [Fact]
    public async Task The_fifth_wrong_proof_in_a_row_ends_it()
    {
        var failed = new SessionConfirmationFailed(Id, Account, Start.AddMinutes(1));
        var confirmed = new SessionConfirmed(Id, Account, "password", Start.AddMinutes(1));
        var fail = new SessionCommand.FailConfirmation(Id, Start.AddMinutes(1));
        await Given(Started, failed, failed, failed).When(fail).Then(failed);
        await Given(Started, failed, failed, failed, failed).When(fail).Then(failed, new SessionEnded(Id, Account, "guessed-in", Start.AddMinutes(1)));
        await Given(Started, failed, failed, failed, failed, confirmed).When(fail).Then(failed);
        Given(Started, new SessionEnded(Id, Account, "guessed-in", Start)).When(fail).ThenRefused("session-over");
    }

    [Fact]
    public async Task A_purpose_is_noted_when_it_changes()
    {
        var stated = new SessionPurposeStated(Id, Account, "auditor", "oversight");
        await Given(Started).When(new SessionCommand.StatePurpose(Id, "auditor", "oversight")).Then(stated);
        await Given(Started, stated).When(new SessionCommand.StatePurpose(Id, "auditor", "oversight")).Then();
    }

    private static SessionCommand.Use Use(DateTimeOffset at, DateTimeOffset? seenAt = null) => new(Id, seenAt ?? DateTimeOffset.MinValue, at);
}
