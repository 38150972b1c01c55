using Barnahus.Interviews.Interviews;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;
using Microsoft.Extensions.Options;

namespace Barnahus.Interviews.Features;

/// <summary>The medical examination is planned, together with the interview where it can be: one visit for the child.</summary>
public static class PlanExamination
{
    /// <param name="ForensicWindowEnds">
    /// Until when an examination can still find traces, UTC: it tells the moment of abuse, so not to whom a part restricted until the interview is kept from.
    /// </param>
    /// <param name="Advice">Codes of what to keep to until then.</param>
    public sealed record Planned(
        Guid ChildId, Guid AppointmentId, DateTimeOffset At, bool Forensic, DateTimeOffset? ForensicWindowEnds, IReadOnlyList<string> Advice);

    public static void Map(RouteGroupBuilder routes) => routes
        .MapPost($"{InterviewRoutes.Child}/medical-appointments", (
            Guid childId, Request request, ChildDesk desk, IOptions<InterviewSettings> settings, CancellationToken cancellationToken) =>
            ChildDesk.OnFileAsync(() => HandleAsync(childId, request, desk, settings, cancellationToken)))
        .Allow(Roles.Medical, Roles.Interviewer, Roles.IntakeOfficer)
        .WithSummary("Plans the medical examination of a child; answers with the end of the acute window and what to tell the child's carers.")
        .WithDescription("A forensic examination after the acute window (7 days from the last event) is refused (forensic-window); "
            + "so is any, whenever it is, that is planned by whom a part of the file is kept from until the interview (ask-who-sees-the-file).");

    private static async Task<CreatedAnswer<Planned>> HandleAsync(
        Guid childId, Request request, ChildDesk desk, IOptions<InterviewSettings> settings, CancellationToken cancellationToken)
    {
        new Fields().Optional("place", request.Place).Time("at", request.At).Require();
        var file = await desk.OpenAsync(childId, cancellationToken);
        var appointmentId = DerivedId.From(desk.Context.CommandId, "appointment");
        var at = request.At.ToUniversalTime();
        var command = new InterviewsCommand.PlanExamination(
            appointmentId, at, request.Forensic, Personal.OfNullable(request.Place), file.Child, settings.Value, desk.IsBlind(file));
        var result = await desk.SendAsync(childId, command, cancellationToken);
        return Reply.Created($"/interviews/v1/children/{childId:D}/medical-appointments/{appointmentId:D}", result, new Planned(
            childId,
            appointmentId,
            at,
            request.Forensic,
            desk.IsBlind(file) ? null : file.Child.ForensicWindowEnds(settings.Value),
            request.Forensic ? AdviceFor(file.Child.AgeOn(at.DutchDate()), settings.Value) : []));
    }

    /// <summary>Codes of what to keep to until a forensic examination.</summary>
    private static IReadOnlyList<string> AdviceFor(int? age, InterviewSettings settings) =>
    [
        "do-not-wash", "do-not-eat-or-drink", "do-not-change-clothes", "do-not-ask-about-what-happened",
        .. age <= settings.NfiPhysicianUpToAge ? new[] { "nfi-physician" } : [],
    ];

    /// <param name="At">When.</param>
    /// <param name="Place">Where, and with whom.</param>
    /// <param name="Forensic">For evidence; false for care only.</param>
    public sealed record Request(DateTimeOffset At, string? Place = null, bool Forensic = true);
}
