using System.Text;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Testing;
using Barnahus.Timeline.Index;
using Barnahus.Timeline.Sentences;

namespace Barnahus.Timeline.Tests;

/// <summary>How a sentence is filled in.</summary>
public sealed class TemplateTests
{
    [Theory]
    [InlineData("Room {room}.", "Room utr-1.")]
    [InlineData("Level {deep.level}.", "Level 7.")]
    [InlineData("Terms {terms}.", "Terms a, b.")]
    [InlineData("Names {people.name}.", "Names Ann, Bob.")]
    [InlineData("{people:count} people.", "2 people.")]
    [InlineData("On {day:day}.", "On 5 mei 2026.")]
    [InlineData("At {at:moment}.", "At 25 oktober 2026 02:30.")]
    [InlineData("{yes?Yes|No} and {no?yes|no} and {absent?there|not there}.", "Yes and no and not there.")]
    [InlineData("{room?In {room}{absent?, and more|}|Nowhere}.", "In utr-1.")]
    [InlineData("{absent}", "onbekend")]
    [InlineData("{code:code} {other:code}", "studioverhoor other")]
    [InlineData("{account:account}", "account 01990000")]
    [InlineData("{yes}", "ja")]
    public void Places_are_filled_in(string template, string expected) => Written(template, kept: false).ShouldBe(expected);

    /// <summary>Of a part of the file that is kept and not used not even that something is there.</summary>
    [Theory]
    [InlineData("Room {room}.{yes? Reporting is obligatory.|}", "Room [afgeschermd].")]
    [InlineData("{room?In {room}|Nowhere}.", "Nowhere.")]
    [InlineData("{people:count} people.", "[afgeschermd] people.")]
    public void Of_what_is_kept_nothing_is_told(string template, string expected) => Written(template, kept: true).ShouldBe(expected);

    private static string Written(string template, bool kept)
    {
        const string data = """
            {"room":"utr-1","deep":{"level":7},"terms":["a","b"],"people":[{"name":"Ann"},{"name":"Bob"}],"day":"2026-05-05","at":"2026-10-25T00:30:00Z",
             "yes":true,"no":false,"code":"forensic","other":"other","account":"01990000-0000-7000-8000-00000000000a"}
            """;
        var personal = new PersonalData(new MemoryKeyVault());
        var book = SentenceBook.Of([], """{"code:forensic":{"nl":"studioverhoor","en":"forensic interview"}}""");
        var logged = new LoggedEvent(default, "s", 0, Guid.Empty, "t", Encoding.UTF8.GetBytes(data), default, default);
        using var fields = new EventFields(logged, SubjectId.None, personal, kept);

        return new SentenceWriter(book, new AccountNames(personal)).Write(new Saying(Template.Parse(template), Template.Parse(""), null), fields, Language.Dutch);
    }

    [Theory]
    [InlineData("{open")]
    [InlineData("{room?yes}")]
    [InlineData("{room?yes|no")]
    [InlineData("too many}")]
    [InlineData("{room:colour}")]
    public void A_template_that_cannot_be_read_is_refused(string template) => Should.Throw<FormatException>(() => Template.Parse(template));

    [Fact]
    public void A_sentence_that_opens_personal_fields_must_say_whose_data_they_are() =>
        Should.Throw<FormatException>(() => SentenceBook.Of(["""{"a.b.v1":{"nl":"{x?{what>}|}","en":"x"}}"""], "{}")).Message.ShouldContain("a.b.v1");

    /// <summary>Fields in clear are written for every reader: the medical part is not the prosecutor's, and a forensic clock starts at the moment of abuse.</summary>
    [Theory]
    [InlineData("interviews.examination-planned.v1", "at", "forensic")]
    [InlineData("interviews.examination-planned.v2", "at", "forensic")]
    [InlineData("interviews.examination-planned.v3", "at", "forensic")]
    [InlineData("interviews.examination-done.v2", "at")]
    [InlineData("turnaround.clock-started.v1", "startedAt", "childId")]
    [InlineData("turnaround.clock-corrected.v1", "startedAt", "childId")]
    public void What_not_every_reader_of_the_timeline_may_see_is_not_in_its_sentence(string type, params string[] fields)
    {
        var saying = SentenceBook.Shipped().Of(type);
        foreach (var sentence in new[] { saying.Dutch, saying.English })
        {
            sentence.Places.Concat(sentence.Conditions).Select(place => place.Path[0]).ShouldNotContain(path => fields.Contains(path));
        }
    }

    [Fact]
    public void An_event_without_a_sentence_is_still_named() =>
        SentenceBook.Of([], "{}").Of("later.thing-done.v2").Dutch.ShouldNotBeNull();
}
