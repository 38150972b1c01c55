namespace Barnahus.Interviews.Features;

/// <summary>Paths of the interviews of a child.</summary>
internal static class InterviewRoutes
{
    public const string Child = "/children/{childId:guid}";
    public const string Interviews = $"{Child}/interviews";
    public const string Interview = $"{Interviews}/{{interviewId:guid}}";

    public static string LocationOf(Guid childId, Guid interviewId) => $"/interviews/v1/children/{childId:D}/interviews/{interviewId:D}";
}
