using System.Text.Json;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Intake.Tests.Http;

/// <summary>Searching is required work, and a way to fish for children. What it tells, and to whom.</summary>
public sealed class SearchTests : IAsyncLifetime
{
    private const string Searches = "/intake/v1/child-searches";
    private static readonly Guid Other = DerivedId.From("other officer");
    private IntakeFixture _intake = null!;
    private Guid _child;

    public async Task InitializeAsync()
    {
        _intake = await IntakeFixture.StartAsync(Cases.Time(12));
        await _intake.LearnAsync(Other, 0, Roles.IntakeOfficer);
        (_, _child) = await _intake.AcceptAsync(2);
    }

    public Task DisposeAsync() => _intake.DisposeAsync().AsTask();

    [Fact]
    public async Task A_search_for_a_referral_goes_by_what_the_referral_says()
    {
        var referral = await _intake.SubmitAsync(12);
        var offered = (await SearchAsync(new { reference = referral })).GetProperty("candidates").EnumerateArray().Single();
        offered.GetProperty("childId").GetGuid().ShouldBe(_child);
        offered.EnumerateObject().Select(field => field.Name).ShouldBe(["childId", "why", "region", "onTeam"], "who it is and how the file stands is the team's");
        await SearchAsync(new { reference = referral, givenName = "kayleigh", familyName = "Dam", bsn = "999990238", birthDate = "2013-04-18" });

        foreach (var (field, request) in new (string, object)[]
        {
            ("bsn", new { reference = referral, bsn = "111222333" }),
            ("givenName", new { reference = referral, givenName = "Jason" }),
            ("familyName", new { reference = referral, familyName = "Jansen" }),
            ("birthDate", new { reference = referral, birthDate = "2012-04-18" }),
            ("estimatedAge", new { reference = referral, estimatedAge = 4 }),
            ("municipalities", new { reference = referral, municipalities = new[] { "GM0014" } }),
        })
        {
            var refused = await AsOther().PostAsync(Searches, request).JsonAsync(400);
            refused.GetProperty("errors").EnumerateObject().Single().Name.ShouldBe(field);
        }
    }

    [Fact]
    public async Task Once_a_referral_is_in_a_file_nothing_is_compared_with_what_it_told()
    {
        var (referral, child) = await _intake.AcceptAsync(12);
        await _intake.DoAsync($"/children/{child}/restrictions", new { part = "identity", kind = "processing", reason = "Betwist" });
        string[] answers =
        [
            await RefusedAsync(new { reference = referral, bsn = "999990238", givenName = "Kayleigh", birthDate = "2013-04-18" }),
            await RefusedAsync(new { reference = referral, bsn = "111222333", givenName = "Jason", birthDate = "2012-04-18" }),
        ];
        answers.Distinct().ShouldHaveSingleItem("a right guess is answered as a wrong one");
        var found = await _intake.DoAsync("/child-searches", new { reference = referral });
        found.GetProperty("candidates").EnumerateArray().Select(one => one.GetProperty("childId").GetGuid()).ShouldContain(_child);

        // Nor by guessing among one's own files.
        (await _intake.DoAsync("/child-searches", new { bsn = "999990238" })).GetProperty("candidates").GetArrayLength().ShouldBe(0);
        await _intake.DoAsync($"/children/{child}/restrictions", new { part = "identity", lift = true, reason = "Vastgesteld" });
        (await _intake.DoAsync("/child-searches", new { bsn = "999990238" })).GetProperty("candidates").GetArrayLength().ShouldBe(1);

        async Task<string> RefusedAsync(object request) =>
            (await _intake.AsOfficer().PostAsync(Searches, request).JsonAsync(400)).GetProperty("errors").ToString();
    }

    [Fact]
    public async Task Without_a_referral_an_officer_finds_own_files_only()
    {
        object kayleigh = new { givenName = "Kayleigh", estimatedAge = 13, municipalities = Cases.Content(2).Municipalities.Select(place => place.Code) };
        (await _intake.DoAsync("/child-searches", kayleigh)).GetProperty("candidates").GetArrayLength().ShouldBe(1);

        var known = await SearchAsync(kayleigh);
        var unknown = await SearchAsync(new { givenName = "Nobody", estimatedAge = 13, municipalities = new[] { "GM0014" } });
        known.ToString().ShouldBe(unknown.ToString(), "that a child of others exists is not told");
    }

    [Fact]
    public async Task Every_search_is_on_the_access_log_with_kinds_of_identity_and_no_values()
    {
        await SearchAsync(new { givenName = "Kayleigh", familyName = "van Dam", birthDate = "2013-04-18" });
        var referral = await _intake.SubmitAsync(12);
        await SearchAsync(new { reference = referral });

        var looks = (await LooksAsync()).SelectMany(record => record.Looks).ToList();
        var searches = looks.Where(look => look.About == SubjectId.Account(Other)).Select(look => look.What).ToList();
        searches[0].ShouldBe(["child-search", "own-files", "by:birth-date", "by:family-name", "by:given-name"], ignoreOrder: true);
        searches[1].ShouldBe(
            ["child-search", "for-referral", "by:bsn", "by:birth-date", "by:family-name", "by:given-name", "by:municipality"], ignoreOrder: true);
        looks.Last(look => look.About == SubjectId.Child(_child)).What.ShouldBe(["match", "match:given-name-age-and-municipality"], ignoreOrder: true);
        JsonSerializer.Serialize(await LooksAsync()).ShouldNotContain("Kayleigh");
    }

    private HttpClient AsOther() => _intake.Service.As(Other, Roles.IntakeOfficer, "Midden-Nederland");

    private async Task<JsonElement> SearchAsync(object request)
    {
        var answer = await AsOther().PostAsync(Searches, request).JsonAsync(200);
        await _intake.Service.CaughtUpAsync();
        return answer;
    }

    private async Task<IReadOnlyList<Looked>> LooksAsync()
    {
        var log = _intake.Service.Services.GetRequiredService<AccessLog>().Log;
        var codec = _intake.Service.Services.GetRequiredService<EventCodec>();
        return [.. (await log.ReadAllAsync(LogPosition.Start, 500, default)).Select(logged => (Looked)codec.Decode(logged).Event)];
    }
}
