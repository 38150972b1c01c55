using Barnahus.AllInOne;
using Barnahus.AllInOne.Demo;
using Barnahus.Platform.Hosting;

Options options;
try
{
    options = Options.Parse(args);
}
catch (FormatException misunderstood)
{
    await Console.Error.WriteLineAsync(misunderstood.Message);
    return 2;
}

try
{
    await using var barnahus = await AllInOneApp.StartAsync(options, Console.WriteLine);
    if (options.Demo)
    {
        await DemoCases.LoadAsync(options, Console.WriteLine);
    }

    Console.WriteLine($"Barnahus is ready on http://127.0.0.1:{options.Port}");
    await barnahus.Stopping;
    return 0;
}
catch (Exception failure) when (StartFailures.IsForPeople(failure))
{
    await Console.Error.WriteLineAsync(failure.Message);
    return 2;
}
