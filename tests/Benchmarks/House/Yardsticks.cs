using Barnahus.AllInOne;
using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;
using Yarp.ReverseProxy.Configuration;

namespace Barnahus.Benchmarks.House;

/// <summary>What this program is when it is started as a child process: the whole of Barnahus with the yardsticks beside it, or an empty application.</summary>
internal static class Yardsticks
{
    /// <summary>Answers a constant behind the same gateway, session, token, role and purpose as every service.</summary>
    public static readonly ServiceModule Constant = new("constant", _ => { }, _ => { }, routes =>
    {
        var group = routes.MapService("constant");
        group.MapGet("/answer", () => Reply.Read(new { answer = 42 })).Allow(Roles.IntakeOfficer, Roles.SafetyCoordinator);
        group.MapPost("/answer", (Question _) => Reply.Read(new { answer = 42 })).Allow(Roles.IntakeOfficer, Roles.SafetyCoordinator);
    });

    /// <summary>Of a house that keeps no record of who looks: what recording costs. No such house is ever anybody's.</summary>
    public const string Unrecorded = "--unrecorded";

    /// <summary>
    /// Barnahus as in production (but for <see cref="Unrecorded"/>) with <see cref="Constant"/> in it, and bare YARP before a bare constant; ends with its
    /// standard input.
    /// </summary>
    public static async Task<int> ServeAsync(string[] args)
    {
        var options = Options.Parse([.. args.Where(arg => arg != Unrecorded)]);
        await using var barnahus = await AllInOneApp.StartAsync(
            options, _ => { }, args.Contains(Unrecorded) ? [Constant, NoRecord.Module] : [Constant]);
        await using var target = Bare(app => app.MapGet("/api/constant/v1/answer", () => new { answer = 42 }));
        await target.StartAsync();
        await using var proxy = Bare(app => app.MapReverseProxy(), services => services.AddReverseProxy().LoadFromMemory(
            [new RouteConfig { RouteId = "all", ClusterId = "one", Match = new() { Path = "/{**rest}" } }],
            [new ClusterConfig { ClusterId = "one", Destinations = new Dictionary<string, DestinationConfig>(StringComparer.Ordinal) { ["one"] = new() { Address = target.Urls.First() } } }]));
        await proxy.StartAsync();
        Console.WriteLine($"ready {proxy.Urls.First()}");
        await Console.In.ReadToEndAsync();
        return 0;
    }

    /// <summary>The least that ASP.NET Core can be, as its template makes it; ends with its standard input.</summary>
    public static async Task<int> EmptyAsync()
    {
        var builder = WebApplication.CreateBuilder(["--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=Warning"]);
        await using var app = builder.Build();
        app.MapGet("/", () => "Hello World!");
        await app.StartAsync();
        Console.WriteLine("ready");
        await Console.In.ReadToEndAsync();
        return 0;
    }

    private static WebApplication Bare(Action<WebApplication> map, Action<IServiceCollection>? add = null)
    {
        var builder = WebApplication.CreateBuilder(["--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=Warning"]);
        add?.Invoke(builder.Services);
        var app = builder.Build();
        map(app);
        return app;
    }

    private sealed record Question(string Note);
}
