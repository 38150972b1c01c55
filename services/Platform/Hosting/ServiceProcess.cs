using System.Globalization;
using Barnahus.Platform.Bus;
using Barnahus.Platform.EventLog;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Barnahus.Platform.Hosting;

/// <summary>
/// A service in a process of its own. Settings come from the environment (<c>Section__Name</c>) and the command line; what is secret from the
/// environment or a file (<see cref="SecretFiles"/>) only, for everybody on the machine may read a command line.
/// </summary>
public static class ServiceProcess
{
    // Longer than all attempts at what fails take, also on a machine with much else to do: a message that fails is heard of before it is called under way.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(30);

    /// <summary>Builds a host from arguments and stores; <see cref="ServiceHost.Build"/> and the identity provider's are such.</summary>
    public delegate WebApplication Builder(string[] args, Stores stores, Action<WebApplicationBuilder> configure);

    /// <summary>
    /// Runs until SIGTERM, and ends when what was begun is done. With a verb in front it does one thing and ends:
    /// <c>replay-errors</c> puts what the service could not handle back into its inbox; <c>mend-inboxes</c> throws its queues away if they do not
    /// answer; <c>reconcile [--from POSITION]</c> publishes again what the service had to tell since a position, and counts what had been missing; exit
    /// status 1 when a receiver could not handle some of it.
    /// </summary>
    /// <remarks>What stands in the way of it is said in a sentence, with exit status 2.</remarks>
    public static Task RunAsync(string[] args, Builder build) => StartFailures.SayAsync(() => WorkAsync(args, build));

    private static async Task WorkAsync(string[] args, Builder build)
    {
        var verb = args is [{ } first, ..] && !first.StartsWith('-') ? first : null;
        var settings = SecretFiles.Join(verb is null ? args : args[1..]);
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(settings).Build();
        if (configuration["Tokens:Issuer"] is not { Length: > 0 })
        {
            throw new SettingException("Tokens:Issuer is not set: without it no token can be trusted. Give the address under which Barnahus is reached.");
        }

        await using var stores = Stores.Open(configuration);
        if (configuration.GetValue("Stores:Prepare", false))
        {
            // Opening made the tables (Vault:OwnerConnectionString and its like): a run of its own, so that no service needs their owner's password.
            return;
        }

        switch (verb)
        {
            case null:
                await using (var app = build(settings, stores, builder => builder.Logging.AddStructuredConsole()))
                {
                    await app.RunAsync();
                }

                break;
            case "replay-errors":
                await using (var app = build(settings, stores, _ => { }))
                {
                    var moved = await ErrorQueue.ReplayAsync(app.Services.GetRequiredService<BusSettings>(), InboxesOf(app), default);
                    Console.WriteLine($"{moved} messages replayed");
                }

                break;
            case "mend-inboxes":
                await using (var app = build(settings, stores, _ => { }))
                {
                    var inboxes = InboxesOf(app);
                    if (inboxes.Count == 0)
                    {
                        Console.WriteLine("no queue of its own");
                    }

                    await foreach (var queue in BrokenInbox.ThrowAwayAsync(app.Services.GetRequiredService<BusSettings>(), inboxes, default))
                    {
                        Console.WriteLine(
                            queue.Unknown is { } why ? $"{queue.Queue}: not known. {why.Message}"
                            : queue.ThrownAway ? $"{queue.Queue}: thrown away, for it did not answer. Made anew by its service; then reconcile."
                            : $"{queue.Queue}: answers");
                        Environment.ExitCode = queue.Unknown is null ? Environment.ExitCode : 2;
                    }
                }

                break;
            case "reconcile":
                await ReconcileAsync(settings, configuration["from"], stores, build);
                break;
            default:
                throw new SettingException($"Not understood: {verb}. There are replay-errors, mend-inboxes and reconcile [--from POSITION].");
        }
    }

    /// <summary>One JSON object a line, for whoever collects them.</summary>
    public static ILoggingBuilder AddStructuredConsole(this ILoggingBuilder logging) => logging.AddJsonConsole(console =>
    {
        console.UseUtcTimestamp = true;
        console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
    });

    private static IReadOnlyList<string> InboxesOf(WebApplication app) => [.. app.Services.GetRequiredService<Inboxes>().Consumers.Select(inbox => inbox.Key)];

    private static async Task ReconcileAsync(string[] settings, string? from, Stores stores, Builder build)
    {
        if (!LogPosition.TryParse(from ?? LogPosition.Start.ToString(), out var position))
        {
            throw new SettingException($"--from {from} is no log position, e.g. 1841.");
        }

        // This process only publishes: the inbox is the business of those that have the views.
        await using var app = build(settings, stores, builder => builder.Services.AddSingleton(Inboxes.None));
        var bus = app.Services.GetService<RabbitMqBus>()
            ?? throw new SettingException("On the mediator nothing can be missing: publishing ends when every consumer has finished.");
        await bus.StartAsync(default);
        var found = await app.Services.GetRequiredService<Reconciliation>().RunAsync(position, Quiet, default);
        await bus.StopAsync(default);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{found.Republished} messages republished: {found.AlreadyApplied} already applied, {found.NewlyApplied} newly applied, {found.Failed} failed, {found.UnderWay} under way"));
        if (found.Failed > 0)
        {
            Environment.ExitCode = 1;
        }
    }
}
