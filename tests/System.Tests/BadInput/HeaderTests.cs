using Barnahus.SystemTests.Published;

namespace Barnahus.SystemTests.BadInput;

/// <summary>
/// What api.md promises of every command: sent twice with one Idempotency-Key it gets the same answer and the head moves once; decided on what has
/// changed since it is refused (412). Which commands there are the document says: a new one is shown here, or stands below with the reason.
/// </summary>
public sealed class HeaderTests
{
    /// <summary>Addresses that take a POST and are no commands in this sense.</summary>
    private static readonly Dictionary<string, string> NoCommands = new(StringComparer.Ordinal)
    {
        ["/api/intake/v1/wording-checks"] = "Answers, and keeps nothing.",
        ["/api/interviews/v1/children/{childId}/interviews/{interviewId}/slot-searches"] = "Answers, and keeps nothing.",
        ["/connect/token"] = "OAuth's: the assertion counts once by itself (RFC 7523).",
        ["/api/account/purpose"] = "The session's own: states what holds from now on, however often.",
        ["/api/account/recovery-seen"] = "The session's own: seen is seen.",
        ["/api/account/confirmation"] = "The session's own: a proof counts at its moment.",
        ["/api/account/sessions/ending"] = "The session's own: ended is ended.",
        ["/api/account/sessions/{sessionId}/ending"] = "The session's own: ended is ended.",
        ["/api/account/passkeys/question"] = "The session's own: each question is a new one (WebAuthn).",
        ["/api/account/passkeys"] = "The session's own: an answer counts once by its question (WebAuthn).",
        ["/api/account/passkeys/{passkeyId}/removal"] = "The session's own: removed is removed.",
    };

    [Fact]
    public async Task Every_command_keeps_the_promises_of_its_headers()
    {
        await using var story = await Story.BeginAsync(new InOneProcess(), 4);
        var twice = new Twice(story);
        await AdministrationTwice.PlayAsync(story, twice);
        var child = await FileTwice.PlayAsync(story, twice);
        await SafetyTwice.PlayAsync(story, twice, child);
        await CaseTwice.PlayAsync(story, twice, child);
        await InterviewTwice.PlayAsync(twice, child);
        await RosterTwice.PlayAsync(story, twice, child);
        await FileTwice.EndAsync(story, twice);

        twice.Complaints.ShouldBeEmpty();
        var contract = await Contract.OfAsync(await story.House.SignInAsync("planner"));
        var commands = contract.Operations.Where(one => one.Method == "POST").Select(one => one.Path).ToList();
        commands.Except(twice.Shown).Except(NoCommands.Keys).ShouldBeEmpty("each is shown, or has its reason");
        NoCommands.Keys.Except(commands).Concat(NoCommands.Keys.Intersect(twice.Shown)).ShouldBeEmpty("no reason is left over");
    }
}
