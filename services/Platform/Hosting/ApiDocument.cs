using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Barnahus.Platform.Hosting;

/// <summary>What holds for every address (api.md), written into a service's OpenAPI document, so that no endpoint has to say it.</summary>
public static class ApiDocument
{
    /// <summary>Name of what proves a person: the token that the gateway makes of a session.</summary>
    public const string Person = "session";

    /// <summary>Name of what proves a machine client: a token of <c>/connect/token</c>.</summary>
    public const string Machine = "machine";

    private const string Problem = "Problem";
    private const string ProblemMedia = "application/problem+json";

    /// <summary>Statuses of a request that only reads; a command has the further ones too.</summary>
    private static readonly int[] OfReads = [400, 401, 403, 404, 429, 503];
    private static readonly int[] OfCommands = [409, 412, 413, 415];

    /// <summary>Callers, headers, refusals and what may be absent, for every address of the document that is not open to all.</summary>
    public static OpenApiOptions DescribeContract(this OpenApiOptions options) => options
        .AddSchemaTransformer(DescribeEitherAsync)
        .AddOperationTransformer(DescribeAsync)
        .LeaveOutWhatIsUnknown();

    /// <summary>What is unknown, or not for this reader, is left out of an answer: in what is only answered, nothing that may be null is required.</summary>
    public static OpenApiOptions LeaveOutWhatIsUnknown(this OpenApiOptions options) => options.AddDocumentTransformer((document, _, _) =>
    {
        MayBeAbsent(document);
        return Task.CompletedTask;
    });

    private static async Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var document = context.Document!;
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<IAllowAnonymous>().Any())
        {
            return;
        }

        operation.Security = [.. Callers(metadata.OfType<AllowedCallers>().LastOrDefault(), document)];
        if (document.Components?.Schemas?.ContainsKey(Problem) != true)
        {
            document.AddComponent(Problem, await ProblemAsync(context, cancellationToken));
        }

        var commands = context.Description.HttpMethod == "POST";
        operation.Parameters ??= [];
        if (commands)
        {
            operation.Parameters.Add(Header("Idempotency-Key", "Any text of your own: sent again with the same body, it has the effect of once and gets the first answer."));
            operation.Parameters.Add(Header("If-Match", "The ETag of what you saw: has it changed since, the command is refused as stale (412)."));
        }

        operation.Parameters.Add(Header("Min-Log-Position", "A Log-Position you were given: the answer shows at least that, waits for it shortly, or is 503."));
        operation.Responses ??= [];
        foreach (var status in commands ? OfReads.Concat(OfCommands) : OfReads)
        {
            operation.Responses[$"{status}"] = Refusal(status, document);
        }

        foreach (var (answers, answer) in operation.Responses.Where(response => response.Key.StartsWith('2')))
        {
            Answers((OpenApiResponse)answer, commands, answers == "201");
        }
    }

    /// <summary>What stands in JSON as one of two things, of which the framework sees only that it is written by hand.</summary>
    private static async Task DescribeEitherAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        foreach (var one in SchemaNames.Alternatives(type))
        {
            schema.Description = null;
            schema.AnyOf ??= [];
            schema.AnyOf.Add(await context.GetOrCreateSchemaAsync(one, parameterDescription: null, cancellationToken));
        }

        if (schema.AnyOf is { Count: > 0 } && (type != context.JsonTypeInfo.Type || context.JsonPropertyInfo?.IsGetNullable == true))
        {
            schema.AnyOf.Add(new OpenApiSchema { Type = JsonSchemaType.Null });
        }
    }

    private static IEnumerable<OpenApiSecurityRequirement> Callers(AllowedCallers? allowed, OpenApiDocument document)
    {
        if (allowed is { Roles.Count: > 0 })
        {
            yield return new() { [Scheme(Person)] = [] };
        }

        if (allowed is { Scopes: { Count: > 0 } scopes })
        {
            yield return new() { [Scheme(Machine)] = [.. scopes] };
        }

        OpenApiSecuritySchemeReference Scheme(string name)
        {
            if (document.Components?.SecuritySchemes?.ContainsKey(name) != true)
            {
                document.AddComponent(name, new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "at+jwt" });
            }

            return new(name, document);
        }
    }

    private static void Answers(OpenApiResponse answer, bool commands, bool created)
    {
        answer.Headers ??= new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal);
        answer.Headers["API-Version"] = Told("Version of this API.");
        answer.Headers["ETag"] = Told("Revision of what is answered, for If-Match, where one stream stands behind it.");
        if (created)
        {
            answer.Headers["Location"] = Told("Where the new thing is.");
        }

        if (commands)
        {
            answer.Headers["Log-Position"] = Told("Place in the event log after this command, for Min-Log-Position.");
        }
    }

    private static OpenApiResponse Refusal(int status, OpenApiDocument document) => new()
    {
        Headers = status == 429 ? new Dictionary<string, IOpenApiHeader>(StringComparer.Ordinal) { ["Retry-After"] = Told("Seconds until it is worth trying again.") } : null,
        Description = status switch
        {
            400 => "The request has errors: see the fields.",
            401 => "Not signed in.",
            403 => "This role, scope or purpose cannot do this.",
            404 => "Not there, or not for you.",
            429 => "Too many requests of this caller in a minute.",
            409 => "A rule stands in the way, or the key was used for another body.",
            503 => "Not up to date, or a part is out of reach: try again in a moment.",
            _ => Problems.Of(status).Title,
        },
        Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { [ProblemMedia] = new() { Schema = new OpenApiSchemaReference(Problem, document) } },
    };

    private static async Task<OpenApiSchema> ProblemAsync(OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var schema = await context.GetOrCreateSchemaAsync(typeof(ProblemDetails), parameterDescription: null, cancellationToken);
        schema.Description = "RFC 9457: what is wrong, where, and what to do now. A problem may say more than this.";
        schema.AdditionalPropertiesAllowed = true;
        schema.Properties ??= new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal);
        schema.Properties["rule"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "At 409: the rule that stands in the way." };
        schema.Properties["errors"] = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "At 400: what is wrong with each field.",
            AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
        };
        return schema;
    }

    private static OpenApiParameter Header(string name, string description) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };

    private static OpenApiHeader Told(string description) => new() { Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };

    private static void MayBeAbsent(OpenApiDocument document)
    {
        var schemas = document.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal);
        var sent = new HashSet<string>(StringComparer.Ordinal);
        foreach (var body in Bodies(document))
        {
            Reach(body, schemas, sent);
        }

        foreach (var schema in schemas.Where(named => !sent.Contains(named.Key)).Select(named => named.Value).OfType<OpenApiSchema>())
        {
            schema.Required?.ExceptWith(schema.Properties?.Where(property => MayBeNull(property.Value)).Select(property => property.Key).ToList() ?? []);
        }
    }

    private static IEnumerable<IOpenApiSchema> Bodies(OpenApiDocument document) =>
        from path in document.Paths.Values
        from operation in path.Operations ?? []
        from media in operation.Value.RequestBody?.Content?.Values.ToList() ?? []
        where media.Schema is not null
        select media.Schema;

    private static void Reach(IOpenApiSchema schema, IDictionary<string, IOpenApiSchema> schemas, HashSet<string> reached)
    {
        if (schema is OpenApiSchemaReference { Reference.Id: { } id })
        {
            if (reached.Add(id) && schemas.TryGetValue(id, out var named))
            {
                Reach(named, schemas, reached);
            }

            return;
        }

        foreach (var part in Parts(schema))
        {
            Reach(part, schemas, reached);
        }
    }

    private static IEnumerable<IOpenApiSchema> Parts(IOpenApiSchema schema) =>
    [
        .. schema.Properties?.Values ?? [], .. schema.OneOf ?? [], .. schema.AnyOf ?? [], .. schema.AllOf ?? [],
        .. schema.Items is { } item ? [item] : Array.Empty<IOpenApiSchema>(),
        .. schema.AdditionalProperties is { } more ? [more] : Array.Empty<IOpenApiSchema>(),
    ];

    private static bool MayBeNull(IOpenApiSchema schema) =>
        schema.Type?.HasFlag(JsonSchemaType.Null) == true || (schema.OneOf ?? schema.AnyOf)?.Any(one => one.Type == JsonSchemaType.Null) == true;
}
