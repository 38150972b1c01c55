namespace Barnahus.StackApp;

/// <summary>Ends what was started: by process ids, and only what still is the process that was started.</summary>
public static class StackEnd
{
    private static readonly TimeSpan EndAtMost = TimeSpan.FromSeconds(40);

    /// <summary>Ends exactly what was started in a folder, from the outside in; each may finish what it has begun.</summary>
    /// <returns>How many processes were ended.</returns>
    public static async Task<int> DownAsync(string folder)
    {
        var alive = StackState.Load(folder)?.Alive.ToList() ?? [];
        foreach (var layer in alive.GroupBy(Layer).OrderBy(group => group.Key))
        {
            foreach (var process in layer)
            {
                process.Child.Terminate();
            }

            foreach (var process in layer)
            {
                if (!await process.Child.EndedAsync(EndAtMost))
                {
                    process.Child.Kill();
                }
            }
        }

        return alive.Count;

        static int Layer(StackProcess process) => process.Name switch
        {
            "gateway" => 0,
            "identity" => 2,
            "broker" or "database" => 3,
            "epmd" => 4,
            _ => 1,
        };
    }
}
