using Barnahus.Platform.Bus;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Platform.State;

namespace Barnahus.Platform.Hosting;

/// <summary>What stands in the way of a start and is for whoever starts to mend: said in a sentence (exit status 2), not as a crash.</summary>
public static class StartFailures
{
    /// <summary>The message says what is wrong and what to do; where in the code it was found helps nobody.</summary>
    public static bool IsForPeople(Exception failure) => failure
        is SettingException or LogInUseException or WrongInstallationException or KeyEncryptionException or VaultMissingException
        or LogUnreachableException or VaultUnreachableException or StateUnreachableException or BusUnreachableException
        or InvalidDataException or NotSupportedException or IOException or UnauthorizedAccessException;

    /// <summary>Does the work of a process; what stands in its way is said in a sentence, with exit status 2.</summary>
    public static async Task SayAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception failure) when (IsForPeople(failure))
        {
            await Console.Error.WriteLineAsync(failure.Message);
            Environment.ExitCode = 2;
        }
    }
}
