using Barnahus.StackApp;

try
{
    var verb = args.FirstOrDefault() ?? "";
    var options = StackOptions.Parse(verb == "reconcile" ? Commands.WithoutFrom(args[1..]) : [.. args.Skip(1)]);
    return verb switch
    {
        "up" => await Commands.UpAsync(options),
        "down" => await Commands.DownAsync(options),
        "status" => await Commands.StatusAsync(options),
        "replay-errors" => await Commands.OnceAsync(options, "replay-errors"),
        "mend-inboxes" => await Commands.OnceAsync(options, "mend-inboxes"),
        "reconcile" => await Commands.OnceAsync(options, ["reconcile", .. Commands.From(args)]),
        _ => throw new FormatException($"Not understood: {verb}. See deploy/stack --help."),
    };
}
catch (FormatException misunderstood)
{
    await Console.Error.WriteLineAsync(misunderstood.Message);
    return 2;
}
catch (Exception refused) when (refused is InvalidOperationException or IOException or UnauthorizedAccessException)
{
    await Console.Error.WriteLineAsync(refused.Message);
    return 1;
}
