using System.Text;
using System.Text.RegularExpressions;
using Barnahus.Platform.EventLog;

namespace Barnahus.SystemTests.Privacy;

/// <summary>Looks for personal values in bytes and in texts.</summary>
public static class Scan
{
    private static readonly System.Buffers.SearchValues<byte> IdLetters = System.Buffers.SearchValues.Create("0123456789abcdefABCDEF-"u8);

    /// <summary>Every file of a folder but the demonstration's keys and password, which lie in <c>demo</c>.</summary>
    public static IReadOnlyList<string> Files(string folder) =>
    [
        .. Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(folder, file).StartsWith("demo" + Path.DirectorySeparatorChar, StringComparison.Ordinal)),
    ];

    /// <summary>Which values stand in which file, in any of their forms.</summary>
    public static IReadOnlyList<string> Folder(string folder)
    {
        var forms = PersonalValues.All.SelectMany(value => PersonalValues.FormsOf(value).Select(form => (value, form))).ToList();
        return [.. Files(folder).SelectMany(file => InFile(file, Path.GetRelativePath(folder, file), forms))];
    }

    /// <summary>Which codes of what happened stand in clear in an event about a child, a referral or a third person.</summary>
    public static async Task<IReadOnlyList<string>> CodesAsync(string folder)
    {
        var log = EventLogs.Open($"sqlite:{Path.Combine(folder, "events.db")}");
        await using var closing = (IAsyncDisposable)log;
        var found = new List<string>();
        var position = LogPosition.Start;
        while (await log.ReadAllAsync(position, 1000, default) is { Count: > 0 } page)
        {
            found.AddRange(page.Where(logged => Envelope.SubjectOf(logged).Kind is "child" or "referral" or "person").SelectMany(Codes));
            position = page[^1].Position;
        }

        return [.. found.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Codes in one event, as JSON writes them.</summary>
    public static IEnumerable<string> Codes(LoggedEvent logged)
    {
        var text = Encoding.UTF8.GetString(logged.Data.Span);
        return PersonalValues.Codes.Where(code => text.Contains($"\"{code}\"", StringComparison.Ordinal)).Select(code => $"{logged.Type}: {code}");
    }

    /// <summary>Which values stand in a text, as words, plain or as an address would write them.</summary>
    public static IReadOnlyList<string> Text(string text) =>
    [
        .. PersonalValues.All.Where(value => new[] { value, Uri.EscapeDataString(value), value.Replace(' ', '+') }.Any(form =>
            Regex.IsMatch(text, $@"(?<![\w-]){Regex.Escape(form)}(?![\w-])", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10)))),
    ];

    private static IEnumerable<string> InFile(string file, string shown, IReadOnlyList<(string Value, byte[] Form)> forms)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return [.. forms.Where(form => Stands(bytes, form.Form)).Select(form => $"{shown}: {form.Value} as {Encoding.ASCII.GetString(form.Form)}")];
    }

    /// <summary>Whether a form stands in bytes. One of hexadecimal digits and dashes only (a number plate) counts where it is not a piece of a longer id.</summary>
    private static bool Stands(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> form)
    {
        var mayBeOfAnId = form.IndexOfAnyExcept(IdLetters) < 0;
        for (var at = bytes.IndexOf(form); at >= 0;)
        {
            var after = at + form.Length;
            if (!mayBeOfAnId || !((at > 0 && IdLetters.Contains(bytes[at - 1])) || (after < bytes.Length && IdLetters.Contains(bytes[after]))))
            {
                return true;
            }

            var next = bytes[(at + 1)..].IndexOf(form);
            at = next < 0 ? -1 : at + 1 + next;
        }

        return false;
    }
}
