using System.Text.Json;
using Barnahus.Contracts;
using Barnahus.Intake.Children;
using Barnahus.Intake.Messages;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Intake.Tests.Http;

/// <summary>What the other services are told of a child's file.</summary>
public sealed class MessageTests
{
    [Fact]
    public async Task Each_event_tells_how_the_file_stood_then_whenever_it_is_published()
    {
        await using var intake = await IntakeFixture.StartAsync(Cases.Time(3));
        var (_, child) = await intake.AcceptAsync(3);
        var early = await MessagesAsync(intake, child);
        await intake.DoAsync($"/children/{child}/needs", new { lvb = true, text = Array.Empty<string>() });
        await intake.DoAsync($"/children/{child}/individual-assessments", new { circumstances = "Thuis" });
        await intake.DoAsync($"/children/{child}/closure", new { ground = "Klaar" });
        var late = await MessagesAsync(intake, child);
        late.Count.ShouldBeGreaterThan(early.Count);
        late.Take(early.Count).Select(Print).ShouldBe(early.Select(Print));

        late.Select(message => message.Source.Revision).ShouldBe(Enumerable.Range(0, late.Count).Select(revision => (long)revision));
        var last = late[^1];
        last.Status.ShouldBe("closed");
        last.AssessedAt.ShouldNotBeNull();
        early[^1].AssessedAt.ShouldBeNull();
        last.SafetyCoordinatorId.ShouldBe(IntakeFixture.Coordinator);
        var facts = intake.Service.Services.GetRequiredService<PersonalData>().Open<ChildFacts>(last.Facts!).ValueOrDefault!;
        facts.BirthDate.ShouldBe(new DateOnly(2010, 1, 20));
        facts.Needs.Lvb.ShouldBeTrue();
        facts.Representatives.Select(one => one.MayBeInformed).ShouldBe([true, false]);
    }

    [Fact]
    public async Task Nothing_personal_travels_in_clear()
    {
        await using var intake = await IntakeFixture.StartAsync(Cases.Time(12));
        var (_, child) = await intake.AcceptAsync(12);
        var told = string.Concat((await MessagesAsync(intake, child)).Select(Print));
        foreach (var personal in new[] { "Kayleigh", "van Dam", "999990238", "2013-04-18", "Soest", "sexual" })
        {
            told.ShouldNotContain(personal);
        }
    }

    [Fact]
    public async Task Since_when_a_part_is_kept_from_the_interviewer_is_told_until_it_is_not()
    {
        await using var intake = await IntakeFixture.StartAsync(Cases.Time(3));
        var (_, child) = await intake.AcceptAsync(3);
        await RestrictAsync("referrals", "until-interviewed");
        await RestrictAsync("needs", "processing");
        await RestrictAsync("wishes", "until-interviewed");
        await intake.DoAsync($"/children/{child}/restrictions", new { part = "wishes", lift = true, reason = "Niet nodig" });
        await intake.DoAsync($"/children/{child}/restrictions", new { part = "referrals", lift = true, reason = "Niet nodig" });

        var told = (await MessagesAsync(intake, child)).TakeLast(6).Select(message => message.RestrictedSince).ToList();
        told[0].ShouldBeNull();
        told[1].ShouldNotBeNull();
        told[2].ShouldBe(told[1], "another kind of restriction keeps nobody from interviewing");
        told[3]!.Value.ShouldBeGreaterThan(told[1]!.Value);
        told[4].ShouldBe(told[1]);
        told[5].ShouldBeNull();

        Task RestrictAsync(string part, string kind) => intake.DoAsync($"/children/{child}/restrictions", new { part, kind, reason = "Onbevangen" });
    }

    private static string Print(ChildFileChanged message) => JsonSerializer.Serialize(message);

    private static async Task<List<ChildFileChanged>> MessagesAsync(IntakeFixture intake, Guid child)
    {
        var services = intake.Service.Services;
        var (log, codec) = (services.GetRequiredService<IEventLog>(), services.GetRequiredService<EventCodec>());
        var publication = new PublishFileChanged(log, codec, services.GetRequiredService<PersonalData>());
        var messages = new List<ChildFileChanged>();
        foreach (var logged in await log.ReadStreamAsync(ChildFile.Stream(child), 0, 500, ReadDirection.Forwards, default))
        {
            var recorded = codec.Decode(logged);
            publication.Of.ShouldContain(recorded.Event.GetType());
            messages.Add((await publication.MessageAsync(recorded, default)).ShouldBeOfType<ChildFileChanged>());
        }

        return messages;
    }
}
