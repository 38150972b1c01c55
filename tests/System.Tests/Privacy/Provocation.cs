using Barnahus.SystemTests.BadInput;

namespace Barnahus.SystemTests.Privacy;

/// <summary>Whoever sends a secret where it does not belong is refused, and the refusal does not repeat it.</summary>
/// <param name="child">Whose addresses are tried.</param>
internal sealed class Provocation(Story story, Guid child)
{
    private const string Text = $"{Secrets.Word} 0";

    /// <summary>Requests that were refused.</summary>
    public int Refusals { get; private set; }

    /// <summary>Every address that takes a POST gets the word where it does not belong, from people of the team and from others: what is said of it tells it to nobody.</summary>
    /// <returns>Answers that repeat it.</returns>
    public async Task<IReadOnlyList<string>> ProvokeAsync()
    {
        var told = new List<string>();
        var document = await Document.ReadAsync(await story.House.SignInAsync("intake-officer", "intake"));
        foreach (var who in new[] { "intake-officer", "safety-coordinator", "lawyer" })
        {
            var person = await story.House.SignInAsync(who, who == "intake-officer" ? "intake" : null);
            foreach (var address in document.Posts)
            {
                var sample = document.Sample(address.Body, Text)?.ToJsonString() ?? "{}";
                var mistyped = sample.Replace(":2147483647", $":\"{Text}\"", StringComparison.Ordinal).Replace("true", $"\"{Text}\"", StringComparison.Ordinal);
                foreach (var body in new[] { sample, sample[..^1], mistyped, $"\"{Text}\"", Secrets.Word })
                {
                    using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
                    using var answer = await person.PostAsync(new Uri(address.With(name => name == "childId" ? $"{child}" : Schoolyard.Absent(name)), UriKind.Relative), content);
                    var said = await answer.Content.ReadAsStringAsync();
                    if ((int)answer.StatusCode < 400)
                    {
                        continue;
                    }

                    Refusals++;
                    if (said.Contains(Secrets.Word, StringComparison.Ordinal))
                    {
                        told.Add($"{who} {address.Path}: {(int)answer.StatusCode} {said}");
                    }
                }
            }
        }

        return told;
    }
}
