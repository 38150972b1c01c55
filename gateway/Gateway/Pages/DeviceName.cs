namespace Barnahus.Gateway.Pages;

/// <summary>What a person calls a device: browser and system, of what the browser says of itself.</summary>
public static class DeviceName
{
    private const int Longest = 80;

    // Each says also what it wants to be taken for, so the rarer name goes first.
    private static readonly (string Said, string Name)[] Browsers =
        [("Edg/", "Edge"), ("EdgA/", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];

    private static readonly (string Said, string Name)[] Systems =
        [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("CrOS", "ChromeOS"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("Linux", "Linux")];

    /// <param name="userAgent">The header; the beginning of it is the name when it is of no browser we know. Null: it was sealed, and its key is destroyed.</param>
    public static string Of(string? userAgent) => userAgent is null or "" ? "onbekend" : (In(Browsers, userAgent), In(Systems, userAgent)) switch
    {
        ({ } browser, { } system) => $"{browser} op {system}",
        ({ } browser, null) => browser,
        _ => userAgent.Length <= Longest ? userAgent : $"{userAgent[..Longest]}…",
    };

    private static string? In((string Said, string Name)[] names, string userAgent) =>
        Array.Find(names, name => userAgent.Contains(name.Said, StringComparison.Ordinal)).Name;
}
