using Barnahus.Platform.Access;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Microsoft.Extensions.DependencyInjection;
using static Barnahus.Timeline.Tests.SampleServices;
using static Barnahus.Timeline.Tests.TimelineScene;

namespace Barnahus.Timeline.Tests;

/// <summary>A part of the file is kept and not used (AVG art. 18): no line tells what stands in it, to nobody.</summary>
public sealed class RestrictedTests : IAsyncLifetime
{
    private const string Withheld = "Melding ontvangen uit [afgeschermd]: [afgeschermd].";
    private const string Told = "Melding ontvangen uit Midden-Nederland: a girl in room 12.";
    private readonly Guid _child = Guid.CreateVersion7();
    private readonly Guid _other = Guid.CreateVersion7();
    private TimelineScene _scene = null!;

    public async Task InitializeAsync()
    {
        _scene = await StartAsync();
        var referral = Guid.CreateVersion7();
        await _scene.WriteAsync($"intake.referral-{referral:D}", new Received(referral, "Midden-Nederland", Personal.Of("a girl in room 12")));
        await _scene.OnTeamAsync(_child);
        await _scene.WriteAsync($"intake.referral-{referral:D}", new Accepted(_child, NewFile: true));
    }

    public async Task DisposeAsync() => await _scene.DisposeAsync();

    [Fact]
    public async Task What_is_restricted_is_withheld_until_that_ends_and_no_look_at_it_is_recorded()
    {
        (await SentenceAsync()).ShouldBe(Told);
        (await LookedAsync()).ShouldContain("File");
        await WriteAsync(_child, new Restricted(_child, "referrals", "processing"));
        (await SentenceAsync()).ShouldBe(Withheld);
        (await LookedAsync()).ShouldNotContain("File");
        await _scene.WriteAsync(AccessStream.Of(_child), new GrantGiven(_child, Guid.CreateVersion7(), _scene.Auditor, DataGroup.Timeline, Start.AddDays(60)));
        (await SentenceAsync(_scene.Auditor, Roles.Auditor)).ShouldBe(Withheld, "a grant opens what may be used");
        (await SentenceAsync(query: "?kind=intake.referral-received")).ShouldBe(Withheld, "whichever lines are asked for");

        await WriteAsync(_child, new Lifted(_child, "referrals"));
        (await SentenceAsync()).ShouldBe(Told);
        (await SentenceAsync(_scene.Auditor, Roles.Auditor)).ShouldBe(Told);
    }

    [Fact]
    public async Task Another_part_and_another_kind_of_restriction_withhold_nothing()
    {
        await WriteAsync(_child, new Restricted(_child, "wishes", "processing"));
        await WriteAsync(_child, new Restricted(_child, "referrals", "until-interviewed"));
        (await SentenceAsync()).ShouldBe(Told);
    }

    [Fact]
    public async Task What_was_restricted_in_a_file_that_was_merged_is_so_until_it_ends_in_the_file_that_took_it_over()
    {
        await WriteAsync(_other, new Restricted(_other, "referrals", "processing"));
        await _scene.WriteAsync(AccessStream.Of(_other), new ChildMerged(_other, _child));
        (await SentenceAsync()).ShouldBe(Withheld);
        await WriteAsync(_child, new Restricted(_child, "referrals", "processing"));
        await WriteAsync(_child, new Absorbed(_child, _other));
        (await SentenceAsync()).ShouldBe(Withheld);
        await WriteAsync(_child, new Lifted(_child, "referrals"));
        (await SentenceAsync()).ShouldBe(Told);
    }

    private Task WriteAsync(Guid child, IEvent e) => _scene.WriteAsync($"intake.child-{child:D}", e);

    private async Task<string> SentenceAsync(Guid? account = null, string role = Roles.Prosecutor, string query = "") =>
        (await _scene.EventsAsync(_child, query, account, role)).GetProperty("items")[0].GetProperty("sentence").GetProperty("nl").GetString()!;

    /// <summary>What the last request is recorded to have seen of the child.</summary>
    private async Task<IReadOnlyList<string>> LookedAsync()
    {
        var log = _scene.Services.GetRequiredService<AccessLog>().Log;
        var last = (await log.ReadAllAsync(LogPosition.Start, 500, default))[^1];
        var looked = (Looked)_scene.Services.GetRequiredService<EventCodec>().Decode(last).Event;
        return [.. looked.Looks.Single(look => look.About == SubjectId.Child(_child)).What];
    }
}
