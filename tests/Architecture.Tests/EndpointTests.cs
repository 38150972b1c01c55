using System.Runtime.CompilerServices;
using Barnahus.AllInOne;
using Barnahus.Gateway.Sessions;
using Barnahus.Identity;
using Barnahus.Identity.Setup;
using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Architecture.Tests;

/// <summary>What every endpoint of every service must have. The services are built as deploy/AllInOne builds them, with the identity provider among them.</summary>
public sealed class EndpointTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("barnahus-").FullName;
    private readonly GatewayKey _key = GatewayKey.Create();
    private Stores _stores = null!;
    private WebApplication _app = null!;

    public Task InitializeAsync()
    {
        string[] args = [$"--Data={Path.Combine(_folder, "data")}", "--Tokens:Issuer=http://127.0.0.1", "--Logging:LogLevel:Default=Warning", $"--Identity:GatewayKey={_key.PublicPem}"];
        _stores = Stores.Open(new ConfigurationBuilder().AddCommandLine(args).Build());
        _app = ServiceHost.Build(args, _stores, [.. AllInOneApp.Services, IdentityModule.Module], builder =>
        {
            builder.Services.AddEmbeddedIssuer().AddIdentity(IdentitySettings.From(builder.Configuration));
            builder.Services.AddSingleton(new Announcements(_ => { }));
        });
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        await _stores.DisposeAsync();
        _key.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Every_endpoint_says_who_may_call_it()
    {
        Endpoints().Count.ShouldBeGreaterThan(60);
        Endpoints().SelectMany(Violations).ShouldBeEmpty();
    }

    [Fact]
    public void A_planted_endpoint_without_callers_is_found()
    {
        _app.MapGet("/safety/v1/planted", () => "open").WithSummary("Planted.");
        Endpoints().SelectMany(Violations).ShouldHaveSingleItem().ShouldContain("/safety/v1/planted");
    }

    [Fact]
    public void Every_endpoint_has_a_summary_for_the_document_but_the_document_itself() => Silent().ShouldBeEmpty();

    [Fact]
    public void A_planted_endpoint_without_summary_is_found()
    {
        _app.MapGet("/safety/v1/planted", () => "silent").AllowAnonymous();
        Silent().ShouldHaveSingleItem().ShouldContain("/safety/v1/planted");
    }

    [Fact]
    public void The_provider_is_among_them() => Endpoints().Select(Address).ShouldContain("POST /identity/v1/accounts");

    /// <summary>What weighs so heavily that a session left open on a desk is not enough: sight of a child, what an account may do, a way in, a key that others trust.</summary>
    [Fact]
    public void Exactly_what_weighs_heavily_takes_a_recent_proof() => Endpoints()
        .Where(endpoint => endpoint.Metadata.GetMetadata<RecentSignIn>() is not null)
        .Select(endpoint => Address(endpoint).TrimEnd('/'))
        .Order(StringComparer.Ordinal)
        .ShouldBe(
        [
            "POST /identity/v1/accounts",
            "POST /identity/v1/accounts/{accountId:guid}/enabling",
            "POST /identity/v1/accounts/{accountId:guid}/invitation",
            "POST /identity/v1/accounts/{accountId:guid}/recovery",
            "POST /identity/v1/accounts/{accountId:guid}/recovery/approval",
            "POST /identity/v1/accounts/{accountId:guid}/regions",
            "POST /identity/v1/accounts/{accountId:guid}/rights/approval",
            "POST /identity/v1/accounts/{accountId:guid}/roles",
            "POST /identity/v1/clients",
            "POST /identity/v1/clients/{clientId}/enabling",
            "POST /identity/v1/clients/{clientId}/keys",
            "POST /identity/v1/clients/{clientId}/keys/{keyId}/approval",
            "POST /identity/v1/signing-keys",
            "POST /identity/v1/signing-keys/{keyId:guid}/withdrawal",
            "POST /intake/v1/children/{childId:guid}/access/break-glass",
            "POST /intake/v1/children/{childId:guid}/access/grants",
        ]);

    /// <summary>docs/callers.md is what the code says: whoever opens an address to one more role changes that page, and somebody reads it.</summary>
    [Fact]
    public async Task Who_may_call_what_is_written_down()
    {
        var page = CallersPage();
        var path = Published();
        if (Environment.GetEnvironmentVariable("BARNAHUS_GOLDEN") == "write")
        {
            await File.WriteAllTextAsync(path, page);
        }

        var written = await File.ReadAllTextAsync(path);
        page.Split('\n').ShouldBe(written.Split('\n'), "Who may call what changed: see that it is meant, and write docs/callers.md anew with BARNAHUS_GOLDEN=write.");
    }

    [Fact]
    public void A_role_more_changes_the_page()
    {
        var before = CallersPage();
        _app.MapGet("/safety/v1/planted", () => "open").Allow(Roles.Planner);
        CallersPage().Split('\n').Except(before.Split('\n'), StringComparer.Ordinal).ShouldBe(["| GET /safety/v1/planted | planner |"]);
    }

    private string CallersPage() => $"""
        # Who may call what

        Every address of every service, as a client sees it under `/api`, with the roles and scopes (of machine clients) it is open to; generated from the
        code, do not edit: `BARNAHUS_GOLDEN=write dotnet test tests/Architecture.Tests` writes it anew. The role opens the door only: what is behind it is
        judged child by child and field by field ([access.md](design/access.md)).

        | address | open to |
        |---|---|
        {string.Join('\n', Endpoints().Select(endpoint => $"| {Address(endpoint).TrimEnd('/')} | {Callers(endpoint)} |").Order(StringComparer.Ordinal))}

        """;

    private static string Callers(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<AllowedCallers>() is { } allowed
        ? string.Join(", ", allowed.Roles.Order(StringComparer.Ordinal).Concat(allowed.Scopes.Select(scope => $"`{scope}`")))
        : "all";

    private static string Published([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "docs", "callers.md"));

    private IEnumerable<string> Silent() => Endpoints()
        .Where(endpoint => !Address(endpoint).EndsWith("openapi.json", StringComparison.Ordinal))
        .Where(endpoint => endpoint.Metadata.GetMetadata<IEndpointSummaryMetadata>() is null)
        .Select(Address);

    private static IEnumerable<string> Violations(RouteEndpoint endpoint)
    {
        var allowed = endpoint.Metadata.GetMetadata<AllowedCallers>();
        if (allowed is null && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null)
        {
            yield return $"{Address(endpoint)}: closed to all; say Allow(...) or AllowAnonymous().";
        }

        foreach (var role in allowed?.Roles.Except(Roles.All) ?? [])
        {
            yield return $"{Address(endpoint)}: {role} is no role.";
        }
    }

    private static string Address(RouteEndpoint endpoint) =>
        $"{endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods[0]} {endpoint.RoutePattern.RawText}";

    private List<RouteEndpoint> Endpoints() => [.. ((IEndpointRouteBuilder)_app).DataSources
        .SelectMany(source => source.Endpoints)
        .OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.RoutePattern.RawText?.Contains("/v1/", StringComparison.Ordinal) == true)
        // What only the gateway may ask has a policy of its own, and stands in no document.
        .Where(endpoint => !endpoint.RoutePattern.RawText!.StartsWith("/back-channel/", StringComparison.Ordinal))];
}
