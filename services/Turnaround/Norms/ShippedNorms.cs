using System.Text.Json;

namespace Barnahus.Turnaround.Norms;

/// <summary>The definitions that come with the program: Data/norms.json.</summary>
public static class ShippedNorms
{
    /// <exception cref="JsonException">The file does not read.</exception>
    public static IReadOnlyList<Norm> Read()
    {
        using var data = typeof(ShippedNorms).Assembly.GetManifestResourceStream("norms.json")
            ?? throw new InvalidOperationException("Data/norms.json is not in the assembly.");
        return JsonSerializer.Deserialize<File>(data, JsonSerializerOptions.Web)?.Norms ?? throw new JsonException("Data/norms.json is empty.");
    }

    private sealed record File(IReadOnlyList<Norm> Norms);
}
