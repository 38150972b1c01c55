using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Microsoft.Extensions.Configuration;

namespace Barnahus.Platform.Hosting;

/// <summary>The first start on a log says what it is for, once and for all: <c>production</c>, <c>demonstration</c> or <c>test</c>.</summary>
[EventType("platform.installation-begun.v1")]
public sealed record InstallationBegun(string For) : IEvent
{
    public SubjectId Subject => SubjectId.None;
}

/// <summary>
/// Keeps demonstration and reality apart: accounts with a shared password, sign-in without second factor and another domain time never meet the
/// data of real children, and a folder that had them never becomes a real one.
/// </summary>
public static class Installation
{
    public const string Stream = "platform.installation";

    /// <summary>What the configuration says the installation is for: <c>Demo</c>, <c>Clock:Test</c>, or neither.</summary>
    public static string For(IConfiguration configuration) =>
        configuration.GetValue<bool>("Demo") ? "demonstration"
        : configuration.GetValue<bool>("Clock:Test") ? "test"
        : "production";

    /// <summary>Marks an empty log; checks the mark of any other. A log from before there were marks is a real one.</summary>
    /// <exception cref="WrongInstallationException">The log is for something else.</exception>
    public static async Task CheckAsync(IEventLog log, EventCodec codec, string purpose, CancellationToken cancellationToken)
    {
        // In this order: the mark is the first event of its log, whoever of several processes writes it.
        var empty = await log.HeadAsync(cancellationToken) == LogPosition.Start;
        var mark = await log.ReadStreamAsync(Stream, 0, 1, ReadDirection.Forwards, cancellationToken);
        if (mark is [] && empty)
        {
            var id = DerivedId.From($"installation/{purpose}");
            var context = new CommandContext(id, Actor.System("platform"), null, TimeProvider.System.GetUtcNow(), id);
            try
            {
                await log.AppendAsync(
                    Stream, StreamRevision.None, await codec.EncodeAsync(Stream, [new InstallationBegun(purpose)], context, cancellationToken), cancellationToken);
                return;
            }
            catch (WrongRevisionException)
            {
                // Another process was first, for something else.
                mark = await log.ReadStreamAsync(Stream, 0, 1, ReadDirection.Forwards, cancellationToken);
            }
        }

        var begun = mark is [var first] ? ((InstallationBegun)codec.Decode(first).Event).For : "production";
        if (begun != purpose)
        {
            throw new WrongInstallationException(begun, purpose);
        }
    }
}

/// <summary>A log is started for something else than it was begun for; nothing was changed.</summary>
public sealed class WrongInstallationException(string begun, string started) : Exception(
    $"This log was begun for {begun} and is now started for {started}; nothing was changed. "
    + "Demonstration accounts share a known password and need no second factor, so they and real children never share a log. "
    + "Give another data folder (--data), or start this one as it was begun (with or without --demo).");
