using System.Data.Common;
using System.Net.Sockets;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Platform.State;
using Barnahus.Platform.Views;

namespace Barnahus.Platform.Bus;

/// <summary>How long and how often what failed is tried again, by subscriptions and by consumers alike.</summary>
internal static class Patience
{
    /// <summary>Attempts at what fails by itself. To a consumer a refusal is an answer, and not tried again.</summary>
    public const int Attempts = 6;

    /// <summary>Attempts of a subscription at what is refused: what it looked up in one stream may have changed before its command reached another.</summary>
    private const int RefusedAttempts = 3;

    private const int LongestWait = 5000;

    /// <summary>Waits between the attempts at what fails by itself: 3 seconds in all.</summary>
    public static readonly TimeSpan[] Short = [.. Enumerable.Range(1, Attempts - 1).Select(Before)];

    /// <summary>
    /// Waits of a consumer for what is out of reach: 25 minutes in all, less than the 30 after which RabbitMQ takes an unacknowledged message back.
    /// </summary>
    public static readonly TimeSpan[] Long = [.. Enumerable.Range(1, 305).Select(Before)];

    /// <summary>How long to wait after an attempt, counted from 1: from 0.1 s up to 5 s.</summary>
    public static TimeSpan Before(int attempt) => TimeSpan.FromMilliseconds(Math.Min(LongestWait, 50 << Math.Min(attempt, 7)));

    /// <summary>Attempts of a subscription before it parks the event.</summary>
    public static int AttemptsAt(Exception failure) => failure is RefusedException ? RefusedAttempts : Attempts;

    /// <summary>Nothing is wrong with the event or message: broker, log, vault, state, database or a view of its own is away for the moment.</summary>
    public static bool IsOutOfReach(Exception failure) =>
        failure is BusUnreachableException or LogUnreachableException or VaultUnreachableException or StateUnreachableException or NotReadyException
            or TimeoutException or SocketException or DbException { IsTransient: true }
        || (failure.InnerException is { } inner && IsOutOfReach(inner));
}
