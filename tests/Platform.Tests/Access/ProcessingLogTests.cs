using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Platform.Tests.Hosting;
using Barnahus.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Barnahus.Platform.Tests.Access;

/// <summary>
/// The two logs of a look or a change: who it was stands in one, which processing of whose data in the other, and only the operation id in both.
/// </summary>
[Collection(AloneCollection.Name)]
public sealed partial class ProcessingLogTests
{
    private readonly Guid _child = Guid.CreateVersion7();
    private readonly Guid _account = Guid.CreateVersion7();

    private string Notes => $"/toy/v1/children/{_child:D}/notes";

    [Fact]
    public async Task A_look_leaves_a_span_without_its_reader_that_joins_with_the_access_record_by_the_operation_alone()
    {
        await using var collector = await Collector.StartAsync();
        await using (var service = await ServiceFixture.StartAsync([ToyModule.Module], configure: builder => builder.Configuration["Otlp:Endpoint"] = collector.Address))
        {
            await HostingTests.OnTeamAsync(service, _child, _account);
            var member = service.As(_account, Roles.Interviewer);
            await member.PostAsync(Notes, new NewNote("seen")).JsonAsync(200);
            await service.CaughtUpAsync();
            await member.GetAsync(Notes).JsonAsync(200);

            var recorded = (await AccessesAsync(service))[^1];
            recorded.Envelope.TraceParent.ShouldBeNull("a trace in both logs would join them too");
            await service.App.StopAsync();
            var sent = collector.Text;
            sent.ShouldContain("barnahus.operation_id");
            sent.ShouldContain($"{((Looked)recorded.Event).OperationId:D}");
            sent.ShouldContain("urn:barnahus:processing:interview");
            sent.ShouldNotContain($"{_account:D}");
            sent.ShouldNotContain($"{_child:D}");
            sent.ShouldNotContain(Roles.Interviewer);
            sent.ShouldNotContain("/toy/v1");
            var subject = SubjectInSpan().Match(sent).Groups["subject"].Value;
            service.Services.GetRequiredService<ProcessingLog>().Decrypt(subject).ShouldBe(SubjectId.Child(_child));
        }
    }

    [Fact]
    public async Task A_change_leaves_a_span_without_its_author_once_and_so_does_what_follows_from_it()
    {
        await using var collector = await Collector.StartAsync();
        await using (var service = await ServiceFixture.StartAsync([ToyModule.Module], configure: builder => builder.Configuration["Otlp:Endpoint"] = collector.Address))
        {
            await HostingTests.OnTeamAsync(service, _child, _account);
            var member = service.As(_account, Roles.Interviewer);
            member.DefaultRequestHeaders.Add("Idempotency-Key", "one-note");
            await member.PostAsync(Notes, new NewNote("written")).JsonAsync(200);
            await member.PostAsync(Notes, new NewNote("written")).JsonAsync(200);
            var noted = await StreamAsync();
            for (var waited = 0; noted.Count < 3 && waited < 100; waited++)
            {
                await Task.Delay(100);
                noted = await StreamAsync();
            }

            noted.Count.ShouldBe(3, "written, echoed over the bus, counted by a reaction");
            var written = service.Services.GetRequiredService<EventCodec>().Decode(noted[0]);
            await service.App.StopAsync();

            var spans = SpanOfKind().Split(collector.Text).Where(span => span.StartsWith(ProcessingLog.Change, StringComparison.Ordinal)).ToList();
            spans.Count(span => span.Contains("urn:barnahus:processing:interview", StringComparison.Ordinal)).ShouldBe(1, "sent twice, changed once");
            spans.Count(span => span.Contains("urn:barnahus:processing:continuation", StringComparison.Ordinal)).ShouldBe(2, "echoed over the bus, counted by a reaction");
            spans.ShouldAllBe(span => span.Contains($"{written.Envelope.CorrelationId:D}"));
            spans.ShouldAllBe(span => service.Services.GetRequiredService<ProcessingLog>().Decrypt(SubjectInSpan().Match(span).Groups["subject"].Value) == SubjectId.Child(_child));
            collector.Text.ShouldNotContain($"{_account:D}");
            collector.Text.ShouldNotContain($"{_child:D}");
            collector.Text.ShouldNotContain(Roles.Interviewer);
            (await AccessesAsync(service)).Count.ShouldBe(2, "each answer was a look");

            Task<IReadOnlyList<LoggedEvent>> StreamAsync() => service.Stores.Log.ReadStreamAsync(Toy.Stream(_child), 0, 10, ReadDirection.Forwards, default);
        }
    }

    [Fact]
    public async Task A_destruction_leaves_a_span_once()
    {
        await using var collector = await Collector.StartAsync();
        var operation = Guid.NewGuid();
        await using (var service = await ServiceFixture.StartAsync([ToyModule.Module], configure: builder => builder.Configuration["Otlp:Endpoint"] = collector.Address))
        {
            var key = new KeyName(SubjectId.Child(_child), Regime.Police);
            await service.Stores.Vault.GetOrCreateAsync(key, default);
            var context = new CommandContext(operation, new Actor(_account, Roles.IntakeOfficer, null, "gateway"), "file-keeping", DateTimeOffset.UnixEpoch, operation);
            var destruction = service.Services.GetRequiredService<KeyDestruction>();
            await destruction.DestroyAsync(key, context, default);
            await destruction.DestroyAsync(key, context, default);
            await service.App.StopAsync();
            service.Services.GetRequiredService<ProcessingLog>().Decrypt(SubjectInSpan().Match(collector.Text).Groups["subject"].Value).ShouldBe(SubjectId.Child(_child));
        }

        var spans = collector.Text.Split("\u0007destroy").Skip(1).ToList();
        spans.ShouldHaveSingleItem().ShouldContain("urn:barnahus:processing:file-keeping");
        spans[0].ShouldContain($"{operation:D}");
        collector.Text.ShouldNotContain($"{_account:D}");
        collector.Text.ShouldNotContain($"{_child:D}");
    }

    [Fact]
    public async Task An_account_is_no_subject_of_it_not_even_encrypted()
    {
        await using var collector = await Collector.StartAsync();
        await using (var service = await ServiceFixture.StartAsync([ToyModule.Module], configure: builder => builder.Configuration["Otlp:Endpoint"] = collector.Address))
        {
            var context = new CommandContext(Guid.NewGuid(), Actor.System("toy"), null, DateTimeOffset.UnixEpoch, Guid.NewGuid());
            service.Services.GetRequiredService<ProcessingLog>().Record(
                context.CorrelationId, context, ProcessingLog.Consult, [SubjectId.Account(_account), SubjectId.None, SubjectId.Person(_child), SubjectId.Person(_child)]);
            await service.App.StopAsync();
        }

        Regex.Count(collector.Text, "dpl\\.core\\.data_subject_id\x12").ShouldBe(1);
    }

    [Fact]
    public async Task Who_was_refused_by_a_rule_of_a_child_has_learned_something_and_that_is_recorded()
    {
        await using var service = await ServiceFixture.StartAsync([ToyModule.Module]);
        await HostingTests.OnTeamAsync(service, _child, _account);
        var member = service.As(_account, Roles.Interviewer);
        for (var written = 0; written < 3; written++)
        {
            await member.PostAsync(Notes, new NewNote("one more")).JsonAsync(200);
        }

        await member.PostAsync(Notes, new NewNote("too many")).JsonAsync(409);
        var look = ((Looked)(await AccessesAsync(service))[^1].Event).Looks.ShouldHaveSingleItem();
        look.About.ShouldBe(SubjectId.Child(_child));
        look.What.ShouldBe(["rule:three-notes"]);

        await service.As(Guid.CreateVersion7(), Roles.Interviewer).PostAsync(Notes, new NewNote("not mine")).JsonAsync(404);
        (await AccessesAsync(service)).Count.ShouldBe(4, "a child that is not there was not seen");
    }

    private static async Task<IReadOnlyList<Recorded>> AccessesAsync(ServiceFixture service)
    {
        var codec = service.Services.GetRequiredService<EventCodec>();
        return [.. (await service.Services.GetRequiredService<AccessLog>().Log.ReadAllAsync(LogPosition.Start, 100, default)).Select(codec.Decode)];
    }

    /// <summary>As protobuf has it: two lengths, then 70 encrypted bytes in base64url.</summary>
    [GeneratedRegex("dpl\\.core\\.data_subject_id\x12.\n.(?<subject>[A-Za-z0-9_-]{94})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SubjectInSpan();

    /// <summary>Before the name of a span, as protobuf has it.</summary>
    [GeneratedRegex("[\x06\x07](?=change|consult)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SpanOfKind();

    /// <summary>An OTLP collector that keeps what it is sent.</summary>
    private sealed class Collector(WebApplication app, ConcurrentQueue<byte[]> bodies) : IAsyncDisposable
    {
        public string Address => app.Urls.First();

        public string Text => string.Join('\n', bodies.Select(Encoding.Latin1.GetString));

        public static async Task<Collector> StartAsync()
        {
            var bodies = new ConcurrentQueue<byte[]>();
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var app = builder.Build();
            app.MapPost("/v1/{kind}", async (HttpRequest request) =>
            {
                using var body = new MemoryStream();
                await request.Body.CopyToAsync(body);
                bodies.Enqueue(body.ToArray());
                return Results.Bytes([], "application/x-protobuf");
            });
            await app.StartAsync();
            return new Collector(app, bodies);
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}

/// <summary>A collector takes the spans of the whole process: no other test may leave any meanwhile.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone with the collector";
}
