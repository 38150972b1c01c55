using Barnahus.Identity.Accounts;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Testing;

namespace Barnahus.Gateway.Tests.Accounts;

public sealed class AccountDeciderTests() : DeciderSpec<AccountCommand, Account>(AccountDecider.Decider)
{
    private static readonly Guid Id = Guid.Parse("01990000-0000-7000-8000-000000000001");
    private static readonly Guid Administrator = Guid.Parse("01990000-0000-7000-8000-000000000002");
    private static readonly DateTimeOffset Later = Now.AddDays(7);

    private static AccountInvited Invited =>
        new(Id, Personal.Of("vos"), Personal.Of("T. Vos"), "00000000000099900101", Personal.Of("hash"), null, Later);

    private static AccountActivated Active => new(Id, Personal.Of("password hash"), Personal.Of("KEY"), SecondFactor: true, Now);

    [Fact]
    public Task Inviting_makes_the_account() => Given()
        .When(new AccountCommand.Invite(Id, "vos", "T. Vos", "00000000000099900101", "hash", Later))
        .Then(Invited);

    [Fact]
    public void An_account_is_made_once() => Given(Invited)
        .When(new AccountCommand.Invite(Id, "vos", "T. Vos", "00000000000099900101", "hash", Later))
        .ThenRefused("account-exists");

    [Fact]
    public void Nothing_can_be_asked_of_an_account_that_is_not_there() =>
        Given().When(new AccountCommand.Grant(Right.Role("interviewer"), Administrator, Now)).ThenRefused("account-unknown");

    [Fact]
    public Task Taking_the_invitation_up_sets_the_password() => Given(Invited)
        .When(new AccountCommand.Activate("password hash", "KEY", Now))
        .Then(Active);

    [Fact]
    public void An_invitation_is_taken_up_once() => Given(Invited, Active)
        .When(new AccountCommand.Activate("another", "KEY", Now))
        .ThenRefused("invitation-spent");

    [Fact]
    public void An_old_invitation_opens_nothing() => Given(Invited)
        .When(new AccountCommand.Activate("password hash", "KEY", Later))
        .ThenRefused("invitation-expired");

    [Fact]
    public void A_disabled_account_cannot_be_taken_into_use() => Given(Invited, new AccountDisabled(Id))
        .When(new AccountCommand.Activate("password hash", "KEY", Now))
        .ThenRefused("account-disabled");

    [Fact]
    public void Nobody_gives_roles_or_regions_to_themselves_or_disables_themselves()
    {
        Given(Invited).When(new AccountCommand.Grant(Right.Role("prosecutor"), Id, Now)).ThenRefused("own-account");
        Given(Invited).When(new AccountCommand.Grant(Right.Region("Limburg"), Id, Now)).ThenRefused("own-account");
        Given(Invited).When(new AccountCommand.Disable(Id)).ThenRefused("own-account");
    }

    [Fact]
    public Task A_role_is_taken_by_one() => Given(Invited, new RoleGranted(Id, "administrator"))
        .When(new AccountCommand.TakeRole("administrator", Administrator))
        .Then(new RoleTaken(Id, "administrator"));

    [Fact]
    public Task Failures_are_counted_while_the_account_is_open() => Given(Invited, Active)
        .When(new AccountCommand.FailSignIn(Now))
        .Then(new SignInFailed(Id, Counted: true, Now));

    [Fact]
    public Task A_lock_is_not_made_longer_by_trying() => Given(Invited, Active, new AccountLocked(Id, Now.AddMinutes(15)))
        .When(new AccountCommand.FailSignIn(Now))
        .Then(new SignInFailed(Id, Counted: false, Now));

    [Fact]
    public void A_locked_a_disabled_and_an_invited_account_are_refused_alike()
    {
        IReadOnlyList<IEvent>[] closed =
        [
            [Invited, Active, new AccountLocked(Id, Now.AddMinutes(15))],
            [Invited, Active, new AccountDisabled(Id)],
            [Invited],
        ];
        foreach (var events in closed)
        {
            Given(events).When(new AccountCommand.SignIn(Now)).ThenRefused("sign-in-refused");
        }
    }

    [Fact]
    public async Task A_lock_ends_by_itself_and_success_forgets_the_failures()
    {
        var locked = new AccountLocked(Id, Now);
        await Given(Invited, Active, locked).When(new AccountCommand.SignIn(Now)).Then(new SignedIn(Id, Now));
        Fold(Invited, Active, new SignInFailed(Id, Counted: true, Now), new SignedIn(Id, Now)).FailedSignIns.ShouldBe(0);
        Fold(Invited, Active, new SignInFailed(Id, Counted: false, Now)).FailedSignIns.ShouldBe(0);
    }

    [Fact]
    public void The_second_factor_is_the_one_that_was_proved_last_and_of_before_the_invitations()
    {
        var before = Invited with { AuthenticatorKey = Personal.Of("OLD") };
        Fold(before, Active with { AuthenticatorKey = null }).AuthenticatorKey.ShouldBe(before.AuthenticatorKey);
        Fold(before, Active).AuthenticatorKey.ShouldBe(Active.AuthenticatorKey);
        Fold(Invited, Active, new AccountInvitedAgain(Id, Personal.Of("h"), null, Later, Now)).AuthenticatorKey.ShouldBeNull();
    }

    [Fact]
    public async Task Back_into_use_takes_two_administrators()
    {
        var (another, late) = (Guid.Parse("01990000-0000-7000-8000-000000000003"), Now.AddDays(15));
        var disabled = new AccountDisabled(Id);
        var asked = new AccountEnablingProposed(Id, Administrator, Now);
        await Given(Invited, Active, disabled).When(new AccountCommand.Enable(Administrator, Now)).Then(asked);
        await Given(Invited, Active, disabled, asked).When(new AccountCommand.Enable(Administrator, Now)).Then();
        await Given(Invited, Active, disabled, asked).When(new AccountCommand.Enable(another, Now)).Then(new AccountEnabled(Id, Now));
        await Given(Invited, Active, disabled, asked).When(new AccountCommand.Enable(another, late)).Then(new AccountEnablingProposed(Id, another, late));
        Given(Invited, Active, disabled, asked).When(new AccountCommand.Enable(Id, Now)).ThenRefused("own-account");
        await Given(Invited, Active).When(new AccountCommand.Enable(another, Now)).Then();
    }

    [Fact]
    public void A_new_invitation_a_new_password_and_disabling_end_the_sessions_of_before()
    {
        var later = Now.AddHours(1);
        Fold(Invited, Active, new PasswordSet(Id, Personal.Of("new"), EndsSessions: true, later)).SessionsFrom.ShouldBe(later);
        Fold(Invited, Active, new PasswordSet(Id, Personal.Of("same, hashed anew"), EndsSessions: false, later)).SessionsFrom.ShouldBe(Now);
        Fold(Invited, Active, new AccountDisabled(Id), new AccountEnabled(Id, later)).SessionsFrom.ShouldBe(later);
        var again = Fold(Invited, Active, new AccountInvitedAgain(Id, Personal.Of("h"), null, Later, later));
        again.SessionsFrom.ShouldBe(later);
        again.PasswordHash.ShouldBeNull();
        again.SecondFactor.ShouldBeFalse();
    }
}
