using Barnahus.Contracts;
using Barnahus.Intake.Accounts;
using Barnahus.Intake.Children;
using Barnahus.Platform.Bus;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;
using MassTransit;

namespace Barnahus.Intake.Messages;

/// <summary>Identity told what an account may act as.</summary>
public sealed class OnAccountChanged(CommandHandler handler, PersonalData personal, DomainClock clock) : IConsumer<AccountChanged>
{
    public Task Consume(ConsumeContext<AccountChanged> context)
    {
        var told = context.Message;
        var name = told.Name is null ? null : personal.Open<string>(told.Name).ValueOrDefault;
        return handler.HandleAsync(
            AccountDecider.Decider,
            Account.Stream(told.AccountId),
            new LearnAccount(told.AccountId, told.Source.Revision, told.Roles, told.Organisation, told.Regions, told.Disabled, name),
            context.CommandContext(IntakeModule.Name, clock),
            context.CancellationToken);
    }
}

/// <summary>Interviews told how the interviews of a child stand: after the first that was completed nothing is kept from the interviewer.</summary>
public sealed class OnInterviewsChanged(ChildFiles files, DomainClock clock) : IConsumer<InterviewsChanged>
{
    public async Task Consume(ConsumeContext<InterviewsChanged> context)
    {
        var told = context.Message;
        var completed = told.Interviews.Where(interview => interview.Status == "completed").Select(interview => interview.CompletedAt).OfType<DateTimeOffset>().ToList();
        var (file, _) = await files.StateAsync(told.ChildId, context.CancellationToken);
        if (completed.Count == 0 || file.Status == FileStatus.None)
        {
            return;
        }

        var command = context.CommandContext(IntakeModule.Name, clock);
        await files.HandleAsync(
            file.MergedInto ?? told.ChildId,
            new LearnOfInterview(completed.Min(), told.Source.Revision) { Now = command.Now },
            command,
            context.CancellationToken);
    }
}
