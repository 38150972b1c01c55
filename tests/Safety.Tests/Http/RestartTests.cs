namespace Barnahus.Safety.Tests.Http;

/// <summary>On a real log, over restarts: what time does happens once.</summary>
public sealed class RestartTests : IAsyncLifetime
{
    private const string Alarm = "safety.alarm-raised.v2";
    private SafetyHouse _house = null!;

    public async Task InitializeAsync() => _house = await SafetyHouse.StartedAsync();

    public Task DisposeAsync() => _house.DisposeAsync().AsTask();

    [Fact]
    public async Task Alarms_and_the_lapse_of_a_measure_happen_once_whatever_restarts()
    {
        await _house.AcceptAsync();
        await _house.PostAsync("risk-assessments", new { level = "high", factors = new[] { "threatened" }, reasoning = "The suspect is at large." });
        var end = SafetyHouse.Opened.AddDays(10);
        var measure = (await _house.PostAsync("measures", new
        {
            type = "contact-ban", ground = "Order of the court.", ownerOrganisation = "Politie", ownerPerson = "J. de Boer", end,
        })).GetProperty("measureId").GetGuid();
        await _house.PostAsync($"measures/{measure:D}/activation", new { }, 200);
        await _house.PostAsync($"measures/{measure:D}/confirmation", new { note = "Served in person." }, 200);

        await _house.StartAsync(end.AddDays(-2));
        await _house.BecomesAsync(Alarm, 1);
        await _house.StartAsync(end.AddDays(-2));
        await _house.BecomesAsync(Alarm, 1);
        await _house.StartAsync(end.AddHours(-5));
        await _house.BecomesAsync(Alarm, 2);
        await _house.StartAsync(end.AddHours(1));
        await _house.BecomesAsync("safety.measure-lapsed.v1", 1);
        await _house.StartAsync(end.AddHours(2));
        await _house.BecomesAsync("safety.measure-lapsed.v1", 1);
        await _house.BecomesAsync("safety.reassessment-opened.v2", 1);
        (await _house.PlanAsync()).GetProperty("measures")[0].GetProperty("status").GetString().ShouldBe("lapsed");
    }

    [Fact]
    public async Task A_child_without_assessment_and_an_18th_birthday_open_once_whatever_restarts()
    {
        await _house.AcceptAsync();
        await _house.StartAsync(SafetyHouse.Opened.AddDays(2));
        await _house.BecomesAsync(Alarm, 1);
        await _house.StartAsync(new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero));
        await _house.BecomesAsync("safety.reassessment-opened.v2", 1);
        await _house.StartAsync(new DateTimeOffset(2026, 11, 2, 0, 0, 0, TimeSpan.Zero));
        await _house.BecomesAsync("safety.reassessment-opened.v2", 1);
        await _house.BecomesAsync(Alarm, 1);
        var duty = (await _house.PlanAsync()).GetProperty("reassessments")[0];
        duty.GetProperty("trigger").GetProperty("type").GetString().ShouldBe("eighteenth-birthday");
    }
}
