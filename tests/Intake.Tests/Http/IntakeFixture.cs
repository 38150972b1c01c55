using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Barnahus.Contracts;
using Barnahus.Intake.Schema;
using Barnahus.Platform.Access;
using Barnahus.Platform.Bus;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Intake.Tests.Http;

/// <summary>Intake over HTTP, with an officer, a safety coordinator and an interviewer whom it learned of over the bus.</summary>
public sealed class IntakeFixture : IAsyncDisposable
{
    public static readonly Guid Officer = DerivedId.From("officer");
    public static readonly Guid Coordinator = DerivedId.From("coordinator");
    public static readonly Guid Interviewer = DerivedId.From("interviewer");
    private const string Regions = "Midden-Nederland,Noord-Nederland,Amsterdam,Limburg";

    private IntakeFixture(ServiceFixture service) => Service = service;

    public ServiceFixture Service { get; }

    public static async Task<IntakeFixture> StartAsync(DateTimeOffset clock, string? folder = null)
    {
        var fixture = new IntakeFixture(await ServiceFixture.StartAsync([IntakeModule.Module], clock, folder));
        await fixture.LearnAsync(Officer, 0, Roles.IntakeOfficer);
        await fixture.LearnAsync(Coordinator, 0, Roles.SafetyCoordinator);
        await fixture.LearnAsync(Interviewer, 0, Roles.Interviewer);
        await fixture.Service.CaughtUpAsync();
        return fixture;
    }

    /// <summary>As Identity would tell.</summary>
    public Task LearnAsync(Guid accountId, long revision, string role, bool disabled = false) =>
        PublishAsync(new AccountChanged(Source(accountId, revision), accountId, null, [role], null, Regions.Split(','), disabled), DerivedId.From(accountId, $"{revision}"));

    public Task PublishAsync(object message, Guid messageId) =>
        Service.Services.GetRequiredService<IMessageBus>().PublishAsync(message, messageId, messageId, default);

    public static Source Source(Guid id, long revision) => new(DerivedId.From(id, $"event/{revision}"), $"other.stream-{id:D}", revision, DateTimeOffset.UnixEpoch, id);

    public HttpClient AsOfficer() => Service.As(Officer, Roles.IntakeOfficer, Regions);

    public HttpClient AsPartner(int caseNumber) => Service.AsPartner(Cases.Oin(caseNumber), Scopes.SubmitReferrals, Scopes.ReadReceipts);

    /// <summary>Submits a case as its partner would, or with something else told in it.</summary>
    public async Task<Guid> SubmitAsync(int caseNumber, Action<JsonNode>? telling = null)
    {
        var text = Cases.Text(caseNumber);
        if (telling is not null)
        {
            var submitted = Cases.Event(caseNumber);
            telling(submitted["data"]!);
            text = submitted.ToJsonString();
        }

        var receipt = await SendAsync(AsPartner(caseNumber), text).JsonAsync(201);
        await Service.CaughtUpAsync();
        return receipt.GetProperty("referralId").GetGuid();
    }

    /// <summary>The receipt of a case that was sent before.</summary>
    public Task<JsonElement> SubmitReceiptAsync(int caseNumber) => SendAsync(AsPartner(caseNumber), Cases.Text(caseNumber)).JsonAsync(200);

    public static Task<HttpResponseMessage> SendAsync(HttpClient client, string body, string mediaType = CloudEvent.MediaType)
    {
        var content = new StringContent(body, Encoding.UTF8);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
        return client.PostAsync("/intake/v1/referrals", content);
    }

    /// <summary>A command of the officer that must succeed; the views show it when this returns.</summary>
    public async Task<JsonElement> DoAsync(string path, object body, int status = 200)
    {
        var answer = await AsOfficer().PostAsync($"/intake/v1{path}", body).JsonAsync(status);
        await Service.CaughtUpAsync();
        return answer;
    }

    public Task<JsonElement> GetAsync(string path) => AsOfficer().GetAsync($"/intake/v1{path}").JsonAsync(200);

    /// <summary>The rule that refuses a command of the officer.</summary>
    public async Task<string> RefusedAsync(string path, object body) =>
        (await AsOfficer().PostAsync($"/intake/v1{path}", body).JsonAsync(409)).GetProperty("rule").GetString()!;

    /// <summary>Submits, triages, searches and accepts a case.</summary>
    public async Task<(Guid Referral, Guid Child)> AcceptAsync(int caseNumber, Guid? join = null, Action<JsonNode>? telling = null)
    {
        var referral = await SubmitAsync(caseNumber, telling);
        await DoAsync($"/referrals/{referral}/triage", new { });
        await DoAsync("/child-searches", new { reference = referral });
        var accepted = await DoAsync(
            $"/referrals/{referral}/acceptance",
            new { childId = join, safetyCoordinatorId = Coordinator, team = new[] { new { accountId = Interviewer, role = Roles.Interviewer } } });
        return (referral, accepted.GetProperty("childId").GetGuid());
    }

    /// <summary>All records of the access log.</summary>
    public async Task<List<Recorded>> AccessesAsync()
    {
        var codec = Service.Services.GetRequiredService<EventCodec>();
        return [.. (await Service.Services.GetRequiredService<AccessLog>().Log.ReadAllAsync(LogPosition.Start, 1000, default)).Select(codec.Decode)];
    }

    /// <summary>What was seen, request by request.</summary>
    public async Task<List<Looked>> LooksAsync() => [.. (await AccessesAsync()).Select(recorded => (Looked)recorded.Event)];

    public ValueTask DisposeAsync() => Service.DisposeAsync();
}
