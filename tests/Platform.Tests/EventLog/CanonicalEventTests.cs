using System.Text;
using Barnahus.Platform.EventLog;

namespace Barnahus.Platform.Tests.EventLog;

/// <summary>
/// The bytes that proofs rest on, as whoever checks one elsewhere would make them. They were put together by hand from the description
/// in <see cref="CanonicalEvent"/>, not by this code: every proof ever given rests on them, so this file never changes.
/// </summary>
public sealed class CanonicalEventTests
{
    private const string Golden =
        "00000011" + "6261726E616875732D6576656E742D7631" // barnahus-event-v1
        + "00000010" + "01980000000070008000" + "0000000000E1" // id
        + "00000014" + "73616D706C652E6368696C642D746F6C642E7631" // sample.child-told.v1
        + "0000000E" + "73616D706C652E6368696C642D31" // sample.child-1
        + "00000008" + "0000000000000102" // revision 258
        + "00000050" + "7B227375626A656374223A226368696C643A30313938303030302D303030302D373030302D383030302D303030303030303063343164222C"
        + "22707572706F7365223A2270726F7365637574696F6E227D" // metadata
        + "00000013" + "7B2274657874223A225A6FC3AB20E282AC227D"; // {"text":"Zoë €"}

    private static readonly LoggedEvent Logged = new(
        new LogPosition(9),
        "sample.child-1",
        258,
        Guid.Parse("01980000-0000-7000-8000-0000000000e1"),
        "sample.child-told.v1",
        Encoding.UTF8.GetBytes("""{"text":"Zoë €"}"""),
        Encoding.UTF8.GetBytes("""{"subject":"child:01980000-0000-7000-8000-00000000c41d","purpose":"prosecution"}"""),
        DateTimeOffset.UnixEpoch);

    [Fact]
    public void Bytes_are_the_golden_ones() => Convert.ToHexString(CanonicalEvent.Bytes(Logged)).ShouldBe(Golden);

    [Fact]
    public void And_so_is_their_hash() =>
        Convert.ToHexString(CanonicalEvent.Hash(Logged)).ShouldBe("5CF1845EABF6311F680CF306928E69FB78CC9AB45BD0FA49E6808525F3B2A40D");
}
