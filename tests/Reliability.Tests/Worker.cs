using System.Globalization;
using System.Text.Json;
using Barnahus.Identity.Setup;

namespace Barnahus.Reliability.Tests;

/// <summary>
/// One of several who work at once: takes in referrals, opens files and looks after the children of them, each step when the one before was
/// acknowledged; and looks whether what was acknowledged is shown.
/// </summary>
internal sealed class Worker(House house, Ledger ledger, Random dice) : IDisposable
{
    private static readonly Kind Submit = new("submit a referral", "intake.referral-received");
    private static readonly Kind Search = new("search", "intake.referral-searched");
    private static readonly Kind Triage = new("triage", "intake.referral-triaged");
    private static readonly Kind Needs = new("record needs", "intake.child-needs-recorded");
    private static readonly Kind Wishes = new("record wishes", "intake.child-wishes-recorded");
    private static readonly Kind Stay = new("record a stay", "safety.whereabouts-recorded");
    private static readonly Kind Propose = new("propose a measure", "safety.measure-proposed");
    private static readonly Kind Request = new("request an interview", "interviews.interview-requested");
    private static readonly Kind Decide = new("decide on it", "interviews.interview-decided");
    private static readonly Kind Assign = new("assign a psychologist", "interviews.psychologist-assigned");
    private static readonly Kind Book = new("book it", "interviews.interview-booked");

    private readonly Desk _desk = new(ledger, dice);
    private readonly Caller _hotel = Caller.Partner(house, "hotel-de-vier-winden");
    private readonly Caller _officer = Caller.Person(house, "intake-officer", "intake");
    private readonly Caller _coordinator = Caller.Person(house, "safety-coordinator");
    private readonly Caller _interviewer = Caller.Person(house, "interviewer");
    private readonly Caller _prosecutor = Caller.Person(house, "prosecutor");
    private readonly List<Child> _children = [];

    /// <summary>Accepting opens a file.</summary>
    public static Kind Accept { get; } = new("accept", "intake.referral-accepted");

    /// <summary>Works until told to stop, and ends with what was begun.</summary>
    public async Task WorkAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            if (_children.Count == 0 || dice.NextDouble() < 0.12)
            {
                await TakeInAsync();
            }
            else
            {
                var child = _children[dice.Next(_children.Count)];
                await (dice.Next(7) switch
                {
                    0 => _desk.AskAsync(_officer, Needs, $"/intake/v1/children/{child.Id}/needs", new { extraBreaks = true, text = new[] { Words() } }),
                    1 => _desk.AskAsync(_officer, Wishes, $"/intake/v1/children/{child.Id}/wishes", new { words = Words() }),
                    2 => _desk.AskAsync(_coordinator, Stay, $"/safety/v1/children/{child.Id}/whereabouts", new { place = Words() }),
                    3 => ProposeAsync(child),
                    4 => LookAsync(child),
                    _ => InterviewAsync(child),
                });
            }

            await Task.Delay(dice.Next(100, 400), CancellationToken.None);
        }
    }

    public void Dispose()
    {
        foreach (var caller in new[] { _hotel, _officer, _coordinator, _interviewer, _prosecutor })
        {
            caller.Dispose();
        }
    }

    private static object Member(string role) => new { accountId = DemoAccounts.IdOf(role), role };

    private string Words() => string.Create(CultureInfo.InvariantCulture, $"Round {dice.Next():x8}.");

    private async Task TakeInAsync()
    {
        var message = Referrals.New($"round-{Guid.NewGuid():N}", $"Kim {dice.Next():x8}", DateTimeOffset.UtcNow.AddMinutes(-1));
        if (await _desk.AskAsync(_hotel, Submit, "/intake/v1/referrals", message, "application/cloudevents+json") is not { } receipt)
        {
            return;
        }

        var referral = receipt.Id("referralId");
        var team = new
        {
            safetyCoordinatorId = DemoAccounts.IdOf("safety-coordinator"),
            team = new[] { Member("interviewer"), Member("psychologist"), Member("prosecutor") },
        };
        if (await _desk.AskAsync(_officer, Search, "/intake/v1/child-searches", new { reference = referral }) is not null
            && await _desk.AskAsync(_officer, Triage, $"/intake/v1/referrals/{referral}/triage", new { }) is not null
            && await _desk.AskAsync(_officer, Accept, $"/intake/v1/referrals/{referral}/acceptance", team) is { } accepted)
        {
            _children.Add(new Child(accepted.Id("childId"), accepted.Position));
        }
    }

    private async Task<Answer?> ProposeAsync(Child child)
    {
        var measure = new { type = "statement-under-number", ground = Words(), ownerOrganisation = "Politie", ownerPerson = "wijkteam" };
        var answer = await _desk.AskAsync(_coordinator, Propose, $"/safety/v1/children/{child.Id}/measures", measure);
        if (answer is not null)
        {
            child.Measures.Add((answer.Id("measureId"), answer.Position!));
        }

        return answer;
    }

    /// <summary>What was acknowledged is shown by whoever says that it has that position: the file, and every measure.</summary>
    private async Task<Answer?> LookAsync(Child child)
    {
        if (await _desk.LookAsync(_officer, $"/intake/v1/children/{child.Id}", child.Opened) is { } file && file.Json.GetProperty("status").GetString() != "open")
        {
            ledger.Surprised($"the file {child.Id} is shown as {file.Json.GetProperty("status").GetString()}");
        }

        if (child.Measures is not [.., var last])
        {
            return null;
        }

        var plan = await _desk.LookAsync(_coordinator, $"/safety/v1/children/{child.Id}/plan", last.Position);
        var shown = plan?.Json.GetProperty("measures").EnumerateArray().Select(measure => measure.GetProperty("measureId").GetGuid()).ToList();
        if (shown is not null && child.Measures.Find(measure => !shown.Contains(measure.Id)) is { Position: not null } missing)
        {
            ledger.Surprised($"measure {missing.Id} of {missing.Position} is not shown at {last.Position}");
        }

        return plan;
    }

    /// <summary>The next step to the interview.</summary>
    private async Task<Answer?> InterviewAsync(Child child)
    {
        var path = $"/interviews/v1/children/{child.Id}/interviews";
        var answer = child.Steps switch
        {
            0 => await _desk.AskAsync(_interviewer, Request, path, new { kind = "forensic", question = Words() }),
            1 => await _desk.AskAsync(_prosecutor, Decide, $"{path}/{child.InterviewId}/decision", new { approved = true, reasoning = Words() }),
            2 => await _desk.AskAsync(_interviewer, Assign, $"{path}/{child.InterviewId}/psychologist", new { psychologistId = "p-meijer" }),
            3 => await BookAsync($"{path}/{child.InterviewId}"),
            _ => null,
        };
        if (answer is not null)
        {
            child.InterviewId ??= answer.Id("interviewId");
            child.Steps++;
        }

        return answer;
    }

    /// <summary>One of the first slots: others may want the same.</summary>
    private async Task<Answer?> BookAsync(string path)
    {
        if (await Desk.QuestionAsync(_interviewer, $"{path}/slot-searches", new { }) is not { } found
            || found.Json.GetProperty("slots").EnumerateArray().ToList() is not { Count: > 0 } slots)
        {
            return null;
        }

        var slot = slots[dice.Next(Math.Min(5, slots.Count))];
        JsonElement Of(string name) => slot.GetProperty(name);
        return await _desk.AskAsync(_interviewer, Book, $"{path}/booking", new
        {
            start = Of("start"), roomId = Of("roomId"), interviewerId = Of("interviewerId"), psychologistId = Of("psychologistId"),
        });
    }

    /// <param name="Opened">Position from which on its file is shown.</param>
    private sealed record Child(Guid Id, string? Opened)
    {
        public List<(Guid Id, string Position)> Measures { get; } = [];

        public Guid? InterviewId { get; set; }

        /// <summary>Steps to the interview that were taken.</summary>
        public int Steps { get; set; }
    }
}
