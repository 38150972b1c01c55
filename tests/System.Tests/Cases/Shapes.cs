namespace Barnahus.SystemTests.Cases;

public sealed class Case01JasonInOneProcess() : Case01JasonTests(new InOneProcess());

[Collection(StackCollection.Name)]
public sealed class Case01JasonOnTheStack(ManyProcesses stack) : Case01JasonTests(stack);

public sealed class Case02And12KayleighInOneProcess() : Case02And12KayleighTests(new InOneProcess());

[Collection(StackCollection.Name)]
public sealed class Case02And12KayleighOnTheStack(ManyProcesses stack) : Case02And12KayleighTests(stack.WithAll);

public sealed class Case03EvaInOneProcess() : Case03EvaTests(new InOneProcess());

[Collection(StackCollection.Name)]
public sealed class Case03EvaOnTheStack(ManyProcesses stack) : Case03EvaTests(stack.WithAll);

public sealed class Case04SylviaInOneProcess() : Case04SylviaTests(new InOneProcess());

[Collection(StackCollection.Name)]
public sealed class Case04SylviaOnTheStack(ManyProcesses stack) : Case04SylviaTests(stack.WithAll);

public sealed class Case05NuriaInOneProcess() : Case05NuriaTests(new InOneProcess());

[Collection(StackCollection.Name)]
public sealed class Case05NuriaOnTheStack(ManyProcesses stack) : Case05NuriaTests(stack.WithAll);

public sealed class Case06JohnInOneProcess() : Case06JohnTests(new InOneProcess());

[Collection(StackCollection.Name)]
public sealed class Case06JohnOnTheStack(ManyProcesses stack) : Case06JohnTests(stack.WithAll);

public sealed class Case07DorianInOneProcess() : Case07DorianTests(new InOneProcess());

[Collection(StackCollection.Name)]
public sealed class Case07DorianOnTheStack(ManyProcesses stack) : Case07DorianTests(stack.WithAll);

public sealed class Case08LotteInOneProcess() : Case08LotteTests(new InOneProcess());

[Collection(StackCollection.Name)]
public sealed class Case08LotteOnTheStack(ManyProcesses stack) : Case08LotteTests(stack.WithAll);

public sealed class Case09AnonymousChatInOneProcess() : Case09AnonymousChatTests(new InOneProcess());

[Collection(StackCollection.Name)]
public sealed class Case09AnonymousChatOnTheStack(ManyProcesses stack) : Case09AnonymousChatTests(stack.WithAll);

public sealed class Case10LinhInOneProcess() : Case10LinhTests(new InOneProcess());

[Collection(StackCollection.Name)]
public sealed class Case10LinhOnTheStack(ManyProcesses stack) : Case10LinhTests(stack.WithAll);

public sealed class Case11MilaInOneProcess() : Case11MilaTests(new InOneProcess());

[Collection(StackCollection.Name)]
public sealed class Case11MilaOnTheStack(ManyProcesses stack) : Case11MilaTests(stack.WithAll);

public sealed class TwoFilesOfOneChildInOneProcess() : TwoFilesOfOneChildTests(new InOneProcess());

[Collection(StackCollection.Name)]
public sealed class TwoFilesOfOneChildOnTheStack(ManyProcesses stack) : TwoFilesOfOneChildTests(stack.WithAll);
