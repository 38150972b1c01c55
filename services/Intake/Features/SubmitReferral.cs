using System.Buffers;
using System.Text.Json;
using Barnahus.Intake.Municipalities;
using Barnahus.Intake.Referrals;
using Barnahus.Intake.Schema;
using Barnahus.Intake.Views;
using Barnahus.Intake.Wording;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Scopes = Barnahus.Platform.Access.Scopes;

namespace Barnahus.Intake.Features;

/// <summary>
/// A referral comes in: as a CloudEvent from a partner, or entered by an intake officer. The id follows from source and id, so a message that
/// comes twice finds its own stream: 201 first, then 200 with the first receipt, and 409 when the same id says something else.
/// </summary>
public static class SubmitReferral
{
    private const string SchemaPath = "/schemas/referral-submitted.v1.json";

    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapPost("/referrals", HandleAsync)
            .Accepts<JsonElement>("application/json", CloudEvent.MediaType)
            .AllowScope(Scopes.SubmitReferrals, Roles.IntakeOfficer)
            .AddOpenApiOperationTransformer(DescribeBody)
            .WithSummary("Submit a referral: a CloudEvent from a partner, or the data alone by an intake officer. At most 64 KB.");
        routes.MapGet(SchemaPath, (ReferralSchema schema) => TypedResults.Text(schema.Document.Text, "application/schema+json"))
            .AllowAnonymous()
            .Produces<Stream>(contentType: "application/schema+json")
            .WithSummary("The JSON Schema urn:barnahus:referral-submitted:v1 that referrals are validated against.");
    }

    private static async Task<Results<CreatedAnswer<ReferralReceipt>, Answer<ReferralReceipt>>> HandleAsync(
        HttpContext http,
        Caller caller,
        CommandHandler handler,
        PersonalData personal,
        ReferralSchema schema,
        MunicipalityTable municipalities,
        Terminology terminology,
        CancellationToken cancellationToken)
    {
        var isCloudEvent = http.Request.ContentType?.Split(';')[0].Trim().Equals(CloudEvent.MediaType, StringComparison.OrdinalIgnoreCase) == true;
        if (!isCloudEvent && !http.Request.HasJsonContentType())
        {
            throw new BadHttpRequestException("media type", StatusCodes.Status415UnsupportedMediaType);
        }

        if (isCloudEvent == caller.IsPerson)
        {
            throw new ForbiddenException("scope", "A partner sends a CloudEvent; an intake officer enters the data of a referral.");
        }

        using var body = await ReadAsync(http.Request.Body, cancellationToken);
        var context = caller.Command() with { IfRevision = null };
        var (id, source, sentAt, content) = isCloudEvent
            ? FromPartner(body.RootElement, caller, schema)
            : (DerivedId.From(context.CommandId, "referral"), null, context.Now, schema.Read(body.RootElement, null));
        var wording = isCloudEvent ? [] : terminology.Check(Texts(content));
        var command = new ReceiveReferral(id, source, sentAt < context.Now ? sentAt : context.Now, context.Now, municipalities.RegionOf(content), content)
        {
            KeptTerms = [.. wording.Select(term => term.Text).Distinct(StringComparer.Ordinal)],
        };
        var result = await handler.HandleAsync(ReferralDecider.Decider, Referral.Stream(id), command, context, cancellationToken);
        if (result.Events.Count > 0)
        {
            return Reply.Created($"/intake/v1/referrals/{id:D}", result, Receipt(result.State, content.SourceId, wording));
        }

        return personal.Open(result.State.Content!).ValueOrDefault is { } first && !SameMessage(first, content, result.State)
            ? throw new RefusedException("referral-differs", "This source already sent a referral with this id, with another content. Send a correction under a new id.")
            // Without the revision: it would count what was decided since.
            : Reply.Read(Receipt(result.State, content.SourceId, wording));
    }

    /// <summary>The data of a referral is what the published schema says, alone or in a CloudEvent.</summary>
    private static Task DescribeBody(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        // The library's own references lead to components only.
        static OpenApiSchema Data() => new()
        {
            Extensions = new Dictionary<string, IOpenApiExtension>(StringComparer.Ordinal) { ["$ref"] = new JsonNodeExtension($"/api/intake/v1{SchemaPath}") },
        };
        var content = operation.RequestBody!.Content!;
        content["application/json"].Schema = Data();
        content[CloudEvent.MediaType].Schema = CloudEvent.Describe(Data());
        return Task.CompletedTask;
    }

    /// <summary>What the sender gets to keep: nothing of what was decided since.</summary>
    internal static ReferralReceipt Receipt(Referral referral, string? sourceId, IReadOnlyList<Term> wording) =>
        new(referral.Id, referral.Source, sourceId, referral.SubmittedAt, referral.ReceivedAt, ReferralStatus.Received.Code(), wording);

    /// <summary>A referral that was completed since says more than its first message did; then its id alone decides.</summary>
    private static bool SameMessage(ReferralContent first, ReferralContent now, Referral referral) =>
        referral.IsCompleted || ReferralSchema.Same(first, now);

    private static (Guid Id, string Source, DateTimeOffset SentAt, ReferralContent Content) FromPartner(
        JsonElement body, Caller caller, ReferralSchema schema)
    {
        var message = CloudEvent.Parse(body, schema.Document.Id);
        if (message.Oin != caller.Organisation)
        {
            throw new ForbiddenException("source", "The source names another organisation than the one this client belongs to.");
        }

        var content = schema.Read(message.Data, message.Id, "data.");
        if (CloudEvent.AttributesWith(body, content.Child.Bsn, content.Child.FamilyName, content.Child.GivenName).FirstOrDefault() is { } attribute)
        {
            throw new InvalidException(attribute, "holds personal data of the child; context attributes must not");
        }

        return (DerivedId.From($"{message.Source}/{message.Id}"), message.Source, message.Time, content);
    }

    private static IEnumerable<string?> Texts(ReferralContent content) =>
        [.. content.Facts.Select(fact => fact.What), .. content.Opinions.Select(opinion => opinion.What), .. content.Needs];

    private static async Task<JsonDocument> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(CloudEvent.MaxBytes + 1);
        try
        {
            var length = await body.ReadAtLeastAsync(buffer.AsMemory(0, CloudEvent.MaxBytes + 1), CloudEvent.MaxBytes + 1, false, cancellationToken);
            return length > CloudEvent.MaxBytes
                ? throw new BadHttpRequestException("too large", StatusCodes.Status413PayloadTooLarge)
                : JsonDocument.Parse(buffer.AsSpan(0, length).ToArray());
        }
        catch (JsonException)
        {
            // Its text could quote what was sent.
            throw new InvalidException("body", "is no JSON");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }
}

/// <param name="Source">Partner that sent it; absent when an officer entered it.</param>
/// <param name="Id">The partner's id of its message.</param>
/// <param name="Status">Always <c>received</c>.</param>
/// <param name="Wording">Terms that have a better one.</param>
public sealed record ReferralReceipt(
    Guid ReferralId, string? Source, string? Id, DateTimeOffset SubmittedAt, DateTimeOffset ReceivedAt, string Status, IReadOnlyList<Term> Wording);
