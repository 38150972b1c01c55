namespace Barnahus.Gateway.Tests.Duende;

/// <summary>What is set from outside: the licence, and how often one address may try.</summary>
public sealed class DuendeSettingsTests
{
    [SkippableFact]
    public async Task Without_a_licence_it_runs_and_says_so_in_its_log()
    {
        var house = new DuendeInstallation();
        try
        {
            await house.OpenAsync(demo: true, staticKey: true);
            using var browser = house.House.Browser();
            await house.SignInAsync(browser, "auditor");
            house.Warnings.ShouldContain(line => line.Contains("You do not have a valid license key", StringComparison.Ordinal));
        }
        finally
        {
            await house.DisposeAsync();
        }
    }

    [SkippableFact]
    public async Task A_licence_is_configured_and_one_that_cannot_be_read_stops_nobody()
    {
        var house = new DuendeInstallation();
        try
        {
            await house.OpenAsync(demo: true, staticKey: true, "--Duende:LicenseKey=not.a.licence", "--Duende:SignInsPerAddress=3");
            using var browser = house.House.Browser();
            await house.SignInAsync(browser, "auditor");
            house.Warnings.ShouldContain(line => line.Contains("Error validating the Duende software license key", StringComparison.Ordinal));

            // One of three is spent.
            using var there = new Browser(new(house.Issuer));
            var page = await house.AskedAsync(browser, there);
            List<int> answers = [];
            for (var guess = 0; guess < 3; guess++)
            {
                answers.Add((int)(await there.SubmitAsync(page, [("loginName", "planner"), ("password", "a guess that is wrong")], "/sign-in")).StatusCode);
            }

            answers.ShouldBe([401, 401, 429]);
        }
        finally
        {
            await house.DisposeAsync();
        }
    }
}
