using Barnahus.Platform.Hosting;
using Barnahus.Timeline.Features;
using Barnahus.Timeline.Index;
using Barnahus.Timeline.Reading;
using Barnahus.Timeline.Sentences;

namespace Barnahus.Timeline;

/// <summary>The auditable timeline per child, and who saw what. Owns no events: it reads the log.</summary>
public static class TimelineModule
{
    public const string Name = "timeline";

    public static ServiceModule Module { get; } = new(Name, services => services.AddTimeline(), _ => { }, MapTimeline);

    public static IServiceCollection AddTimeline(this IServiceCollection services)
    {
        services.AddRawView<TimelineIndex>().AddRawView<AccountNames>();
        services.AddSingleton<AccessIndex>().AddFollower<AccessFollower>();
        services.AddSingleton<ChildReader>().AddSingleton<AccessReader>();
        services.AddSingleton(SentenceBook.Shipped()).AddSingleton<SentenceWriter>().AddSingleton<LineWriter>();
        return services;
    }

    public static void MapTimeline(this IEndpointRouteBuilder routes)
    {
        var timeline = routes.MapService(Name);
        GetEvents.Map(timeline);
        GetAccesses.Map(timeline);
        GetSearches.Map(timeline);
    }
}
