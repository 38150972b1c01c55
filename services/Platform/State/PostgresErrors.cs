using System.Net.Sockets;
using Npgsql;

namespace Barnahus.Platform.State;

/// <summary>What a failure of PostgreSQL means to us: most say "not now", and only some that the program or its installation is wrong.</summary>
internal static class PostgresErrors
{
    /// <summary>
    /// The server is away, going, starting, full or too slow, or somebody holds a lock: by error class 08 connection, 25P03 idle too long, 28 sign-in,
    /// 40 rolled back, 53 resources, 54 limits, 55P03 lock, 57 operator, 58 system, XX internal.
    /// </summary>
    public static bool IsOutOfReach(Exception failure) => failure switch
    {
        PostgresException { SqlState: "25P03" or "55P03" } => true,
        PostgresException refused => refused.SqlState[..2] is "08" or "28" or "40" or "53" or "54" or "57" or "58" or "XX",
        NpgsqlException or TimeoutException or IOException or SocketException => true,
        _ => false,
    };

    /// <summary>It took too long: trying once more at once would only take as long again.</summary>
    public static bool IsTimeout(Exception failure) => failure is TimeoutException or PostgresException { SqlState: "57014" or "55P03" } || failure.InnerException is TimeoutException;

    /// <summary>Does it, and once more when the connection was lost: one that lay in the pool while the server restarted fails at its first use.</summary>
    /// <param name="ask">May be done twice.</param>
    public static async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception lost) when (IsOutOfReach(lost) && !IsTimeout(lost))
        {
            return await ask();
        }
    }
}
