using Barnahus.Contracts;
using Barnahus.Platform.Access;
using Barnahus.Testing;
using Barnahus.Turnaround.Messages;
using static Barnahus.Turnaround.Tests.Http.TurnaroundRunning;
using static Barnahus.Turnaround.Tests.Some;

namespace Barnahus.Turnaround.Tests.Http;

/// <summary>Which cases the other services are told of.</summary>
public sealed class ChildInCaseTests
{
    [Fact]
    public async Task Of_a_case_of_several_children_each_is_told_and_of_a_childs_own_case_none()
    {
        await using var running = await StartAsync();
        foreach (var child in new[] { Child, OtherChild })
        {
            await running.JoinTeamAsync(child, Prosecutor, Roles.Prosecutor);
            await running.FileAsync(child, 0);
        }

        var joint = (await running.AsProsecutor().PostAsync(
            "/turnaround/v1/cases", new { children = new[] { Child, OtherChild }, region = "Limburg", reportedAt = Reported }).JsonAsync(201)).GetProperty("caseId").GetGuid();

        (await ToldAsync(running, joint)).Select(told => (told.CaseId, told.ChildId)).ShouldBe([(joint, Child), (joint, OtherChild)], ignoreOrder: true);
        (await ToldAsync(running, CaseId)).ShouldBeEmpty("its id follows from the child's");
    }

    private static async Task<List<ChildInCase>> ToldAsync(TurnaroundRunning running, Guid caseId)
    {
        var publication = new PublishChildInCase();
        var told = new List<ChildInCase>();
        foreach (var recorded in (await running.StreamAsync(Case.Stream(caseId))).Where(recorded => publication.Of.Contains(recorded.Event.GetType())))
        {
            if (await publication.MessageAsync(recorded, default) is ChildInCase message)
            {
                told.Add(message);
            }
        }

        return told;
    }
}
