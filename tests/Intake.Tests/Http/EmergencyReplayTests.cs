using System.Text.Json;
using Barnahus.Contracts;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Testing;

namespace Barnahus.Intake.Tests.Http;

/// <summary>A request to open a file in an emergency that comes again, under the same Idempotency-Key.</summary>
public sealed class EmergencyReplayTests : IDisposable
{
    private const string House = "00000000000099900101";
    private const string Region = "Midden-Nederland";
    private static readonly Guid Colleague = DerivedId.From("colleague");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("barnahus-");

    [Fact]
    public async Task After_its_time_it_is_answered_as_the_first_time_and_opens_nothing()
    {
        Guid child;
        string first;
        await using (var intake = await IntakeFixture.StartAsync(Cases.Time(1), _folder.FullName))
        {
            (_, child) = await intake.AcceptAsync(1);
            foreach (var account in new[] { IntakeFixture.Interviewer, Colleague })
            {
                var changed = new AccountChanged(IntakeFixture.Source(account, 1), account, null, [Roles.Interviewer], House, [Region], Disabled: false);
                await intake.PublishAsync(changed, DerivedId.From(account, "house"));
            }

            await intake.Service.CaughtUpAsync();
            first = (await BreakAsync(intake, child)).ToString();
            (await BreakAsync(intake, child)).ToString().ShouldBe(first);
        }

        await using var later = await IntakeFixture.StartAsync(Cases.Time(1).AddHours(2), _folder.FullName);
        (await BreakAsync(later, child)).ToString().ShouldBe(first);
        await later.Service.CaughtUpAsync();
        await AsColleague(later).GetAsync($"/intake/v1/children/{child}").JsonAsync(404);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static Task<JsonElement> BreakAsync(IntakeFixture intake, Guid child)
    {
        var colleague = AsColleague(intake);
        colleague.DefaultRequestHeaders.Add("Idempotency-Key", "at-the-desk");
        return colleague.PostAsync($"/intake/v1/children/{child}/access/break-glass", new { reason = "Jason staat nu aan de balie" }).JsonAsync(200);
    }

    private static HttpClient AsColleague(IntakeFixture intake) => intake.Service.As(Colleague, Roles.Interviewer, Region, House);
}
