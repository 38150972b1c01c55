using System.Text.Json.Nodes;

namespace Barnahus.SystemTests.Published;

/// <summary>What the document says of the answers. That it says the truth is checked in every step over HTTP (<see cref="Contract"/>).</summary>
public sealed class DocumentTests
{
    /// <summary>Whose shape others lay down: a JSON Schema document, and what a browser makes a passkey from (WebAuthn).</summary>
    private static readonly string[] Elsewhere = ["application/schema+json", "account-JsonObject"];

    /// <summary>What may be read, or asked for, before anybody has proved who they are.</summary>
    private static readonly string[] OpenToAll = ["/api/intake/v1/schemas/referral-submitted.v1.json", "/connect/token"];

    [Fact]
    public async Task Every_operation_says_what_it_answers()
    {
        var document = await ReadAsync();

        Operation.Of(document).Count.ShouldBeGreaterThan(110);
        Silent(document).ShouldBeEmpty();
    }

    /// <summary>What a client must know before its first call, and what the gateway may answer in a service's place.</summary>
    [Fact]
    public async Task Every_operation_says_who_may_call_it_what_a_call_carries_and_how_it_is_refused()
    {
        var document = await ReadAsync();
        foreach (var (path, method, operation) in from path in document["paths"]!.AsObject() from one in path.Value!.AsObject() select (path.Key, one.Key, one.Value!))
        {
            var callers = Callers(operation);
            callers.ShouldBeSubsetOf(["session", "machine"], $"{method} {path}");
            (callers.Count == 0).ShouldBe(OpenToAll.Contains(path), $"{method} {path}");
            operation["responses"]!.AsObject().Select(response => response.Key).ShouldBeSubsetOf(
                ["200", "201", "202", "204", "400", "401", "403", "404", "409", "412", "413", "415", "429", "502", "503", "504"]);
            string[] always = ["400", "403", "413", "429", "502", "503", "504"];
            always.ShouldBeSubsetOf(operation["responses"]!.AsObject().Select(response => response.Key), $"{method} {path}");
            if (path.StartsWith("/api/", StringComparison.Ordinal))
            {
                operation["parameters"]!.AsArray().ShouldContain(parameter => parameter!["name"]!.GetValue<string>() == "X-CSRF", $"{method} {path}");
            }

            foreach (var (_, created) in operation["responses"]!.AsObject().Where(response => response.Key == "201" && path.Contains("/v1/", StringComparison.Ordinal)))
            {
                created!["headers"]!["Location"].ShouldNotBeNull($"{method} {path}");
            }
        }

        var submit = document["paths"]!["/api/intake/v1/referrals"]!["post"]!;
        Callers(submit).ShouldBe(["session", "machine"], ignoreOrder: true);
        submit["requestBody"]!["content"]!["application/json"]!["schema"]!["$ref"]!.GetValue<string>().ShouldBe("/api/intake/v1/schemas/referral-submitted.v1.json");
        submit["requestBody"]!["content"]!["application/cloudevents+json"]!["schema"]!["properties"]!["data"]!["$ref"].ShouldNotBeNull();
    }

    [Theory]
    [InlineData("""{"responses":{"404":{}}}""")]
    [InlineData("""{"responses":{"200":{"description":"OK"}}}""")]
    [InlineData("""{"responses":{"200":{"content":{"application/json":{"schema":{}}}}}}""")]
    [InlineData("""{"responses":{"200":{"content":{"application/json":{"schema":{"type":"object"}}}}}}""")]
    [InlineData("""{"responses":{"200":{"content":{"application/json":{"schema":{"type":"array","items":{"properties":{"x":{"description":"no type"}}}}}}}}}""")]
    [InlineData("""{"responses":{"200":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/planted"}}}}}}""")]
    public void A_planted_operation_that_does_not_say_it_is_found(string operation)
    {
        var document = new JsonObject
        {
            ["paths"] = new JsonObject { ["/api/safety/v1/planted"] = new JsonObject { ["get"] = JsonNode.Parse(operation) } },
            ["components"] = JsonNode.Parse("""{"schemas":{"planted":{"anyOf":[{"type":"string"},{}]}}}"""),
        };

        Silent(document).ShouldHaveSingleItem().ShouldContain("/api/safety/v1/planted");
    }

    private static IReadOnlyList<string> Callers(JsonNode operation) =>
        [.. operation["security"]?.AsArray().SelectMany(one => one!.AsObject()).Select(one => one.Key) ?? []];

    private static async Task<JsonObject> ReadAsync()
    {
        await using var house = await new InOneProcess().StartAsync(DateTimeOffset.UnixEpoch.AddYears(56));
        using var anybody = new HttpClient { BaseAddress = house.Gateway };
        return JsonNode.Parse(await anybody.GetStringAsync("/api/openapi.json"))!.AsObject();
    }

    private static IEnumerable<string> Silent(JsonObject document)
    {
        foreach (var operation in Operation.Of(document))
        {
            var successes = operation.Responses.Where(response => response.Key.StartsWith('2')).ToList();
            if (successes.Count == 0)
            {
                yield return $"{operation}: no answer when all goes well";
            }

            foreach (var (status, said) in successes.Where(success => success.Key != "204"))
            {
                var media = said!["content"]?.AsObject();
                if (media is null || media.Any(one => !Elsewhere.Contains(one.Key) && !Says(one.Value?["schema"], document, [])))
                {
                    yield return $"{operation} {status}: what it answers has no shape";
                }
            }
        }
    }

    /// <summary>A schema that leaves nothing open, down to its last field.</summary>
    private static bool Says(JsonNode? schema, JsonObject document, HashSet<string> seen)
    {
        if (schema?["$ref"]?.GetValue<string>() is { } reference)
        {
            var name = reference.Split('/')[^1];
            return Elsewhere.Contains(name) || !seen.Add(name) || Says(document["components"]!["schemas"]![name], document, seen);
        }

        if ((schema?["anyOf"] ?? schema?["oneOf"]) is JsonArray either)
        {
            return either.All(one => Says(one, document, seen));
        }

        return schema switch
        {
            null => false,
            _ when schema["properties"] is JsonObject properties => properties.All(property => Says(property.Value, document, seen)),
            _ when schema["items"] is { } items => Says(items, document, seen),
            _ when schema["additionalProperties"] is JsonObject more => Says(more, document, seen),
            _ => schema["enum"] is not null || (schema["type"] is { } type && type.ToString() is not ("object" or "array")),
        };
    }
}
