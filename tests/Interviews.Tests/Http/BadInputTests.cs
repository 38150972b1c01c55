using System.Text;
using Barnahus.Platform.Access;
using Barnahus.Testing;

namespace Barnahus.Interviews.Tests.Http;

/// <summary>Malformed, oversized, of the wrong type: 400 with the field, never a 5xx, and nothing happened.</summary>
public sealed class BadInputTests(BadInputTests.Decided decided) : IClassFixture<BadInputTests.Decided>
{
    [Theory]
    [InlineData("", Roles.Interviewer, """{"kind":"party","question":"x"}""")]
    [InlineData("", Roles.Interviewer, """{"kind":"forensic","question":" "}""")]
    [InlineData("", Roles.Interviewer, """{"kind":"forensic"}""")]
    [InlineData("", Roles.Interviewer, """{"kind":"forensic","question":null}""")]
    [InlineData("", Roles.Interviewer, """{"kind":"forensic","question":"x","more":1}""")]
    [InlineData("", Roles.Interviewer, """{"kind":"forensic","question":"x","caseIds":["not-an-id"]}""")]
    [InlineData("", Roles.ExaminingJudge, """{"kind":"forensic","question":"x"}""")]
    [InlineData("", Roles.Interviewer, "[]")]
    [InlineData("", Roles.Interviewer, "{")]
    [InlineData("/booking", Roles.Interviewer, """{"start":"9999-12-31T23:59:59Z","roomId":"utr-1","interviewerId":"i-vos","psychologistId":"p-meijer"}""")]
    [InlineData("/booking", Roles.Interviewer, """{"start":"0001-01-01T00:00:00Z","roomId":"utr-1","interviewerId":"i-vos","psychologistId":"p-meijer"}""")]
    [InlineData("/booking", Roles.Interviewer, """{"start":"2026-09-09T09:00:00Z","roomId":"utr-1","interviewerId":"i-vos","attendance":[null]}""")]
    [InlineData("/booking", Roles.Interviewer, """{"start":"2026-09-09T09:00:00Z","roomId":"utr-1","interviewerId":"i-vos","ownTimes":[null]}""")]
    [InlineData("/booking", Roles.Interviewer, """{"start":"2026-09-09T09:00:00Z","roomId":"utr-1","interviewerId":"i-vos","travelMinutes":-1}""")]
    [InlineData("/booking", Roles.Interviewer, """{"start":"2026-09-09T09:00:00Z","roomId":"utr-1","interviewerId":"i-vos"}""")]
    [InlineData("/slot-searches", Roles.Interviewer, """{"from":"9999-12-31T00:00:00Z"}""")]
    [InlineData("/slot-searches", Roles.Interviewer, """{"from":"2026-09-09T00:00:00Z","to":"2026-09-08T00:00:00Z"}""")]
    [InlineData("/slot-searches", Roles.Interviewer, """{"from":"2026-09-09T00:00:00Z","to":"2036-09-08T00:00:00Z"}""")]
    [InlineData("/psychologist", Roles.Interviewer, """{"psychologistId":"i-vos"}""")]
    [InlineData("/phases", Roles.Interviewer, """{"phase":"interrogation"}""")]
    [InlineData("/pre-visit", Roles.Interviewer, """{"tellingWillWork":true,"at":"2027-01-01T00:00:00Z"}""")]
    [InlineData("/cancellation", Roles.Interviewer, """{"code":"rain","reason":"x"}""")]
    [InlineData("/completion", Roles.Interviewer, """{"recording":"r","recordingSha256":"abc","present":[]}""")]
    [InlineData("/completion", Roles.Interviewer, """{"recording":"r","recordingSha256":"abc","present":[null]}""")]
    [InlineData("/advice", Roles.Psychologist, """{"setting":"s","pace":"p","triggers":[null]}""")]
    [InlineData("/decision", Roles.Prosecutor, """{"approved":"yes","reasoning":"r"}""")]
    public async Task A_request_that_cannot_be_understood_is_answered_with_its_fields(string step, string role, string body)
    {
        var path = step.Length == 0 ? Steps.PathOf(decided.Jason) : Steps.PathOf(decided.Jason, decided.Interview) + step;
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        var problem = await decided.House.As(role).PostAsync(path, content).JsonAsync(400);
        problem.GetProperty("errors").EnumerateObject().ShouldNotBeEmpty();
        (await decided.House.StateAsync(decided.Jason)).Interviews.ShouldHaveSingleItem().Status.ShouldBe("decided");
    }

    [Fact]
    public async Task A_text_is_at_most_four_thousand_characters() =>
        await decided.House.As(Roles.Interviewer)
            .PostAsync(Steps.PathOf(decided.Jason), new { kind = "forensic", question = new string('x', 4001) }).JsonAsync(400);

    [Fact]
    public async Task The_document_of_the_service_names_every_step()
    {
        var document = await decided.House.As(Roles.Interviewer).GetAsync("/interviews/v1/openapi.json").JsonAsync(200);
        var paths = document.GetProperty("paths").EnumerateObject().Select(path => path.Name).ToList();
        string[] steps =
        [
            "decision", "psychologist", "advice", "advice-acknowledgement", "pre-visit", "waivers", "slot-searches", "booking", "rescheduling",
            "cancellation", "start", "phases", "completion",
        ];
        paths.ShouldBeUnique();
        foreach (var step in steps)
        {
            paths.ShouldContain(path => path.EndsWith($"/{step}", StringComparison.Ordinal), step);
        }
    }

    public sealed class Decided : IAsyncLifetime
    {
        public InterviewHouse House { get; private set; } = null!;

        public Guid Jason { get; private set; }

        public Guid Interview { get; private set; }

        public async Task InitializeAsync()
        {
            House = await InterviewHouse.OpenAsync();
            Jason = await House.ChildAsync(Steps.Jason);
            Interview = await House.DecidedAsync(Jason);
        }

        public async Task DisposeAsync() => await House.DisposeAsync();
    }
}
