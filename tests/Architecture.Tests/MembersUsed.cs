using System.Reflection;
using System.Reflection.Emit;

namespace Barnahus.Architecture.Tests;

/// <summary>Which members code uses, read from its IL, and what it leads to inside the house: lambdas, iterators and nested types included.</summary>
internal static class MembersUsed
{
    private const BindingFlags Everything =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    /// <summary>All code of a type: what runs when it is used.</summary>
    public static IEnumerable<MethodBase> CodeOf(Type type) => type.GetMethods(Everything).Cast<MethodBase>()
        .Concat(type.GetConstructors(Everything))
        .Concat(type.GetNestedTypes(Everything).SelectMany(CodeOf));

    /// <summary>What the code of these methods uses, and that of every method of these assemblies that it leads to, each once.</summary>
    public static IEnumerable<(MethodBase By, MemberInfo Used)> Reached(IEnumerable<MethodBase> from, IReadOnlyCollection<Assembly> within)
    {
        var waiting = new Stack<MethodBase>(from);
        var seen = new HashSet<MethodBase>();
        while (waiting.TryPop(out var method))
        {
            if (!seen.Add(method))
            {
                continue;
            }

            foreach (var used in Of(method))
            {
                yield return (method, used);
                if (used is MethodBase { DeclaringType: { } owner } next && within.Contains(owner.Assembly))
                {
                    waiting.Push(Definition(next));

                    // An iterator's code is in a type of the compiler's, of which only the constructor is called.
                    if (owner.Name.Contains('<', StringComparison.Ordinal) && next is ConstructorInfo)
                    {
                        CodeOf(Definition(owner)).ToList().ForEach(waiting.Push);
                    }
                }
            }
        }
    }

    private static Type Definition(Type type) => type.IsConstructedGenericType ? type.GetGenericTypeDefinition() : type;

    private static MethodBase Definition(MethodBase method) =>
        method.DeclaringType!.IsConstructedGenericType || method.IsConstructedGenericMethod
            ? method.Module.ResolveMethod(method.MetadataToken)!
            : method;

    private static IEnumerable<MemberInfo> Of(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } il)
        {
            yield break;
        }

        var typeArguments = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        var methodArguments = method is MethodInfo && method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var at = 0; at < il.Length;)
        {
            var value = il[at] == 0xFE ? (short)(0xFE00 | il[at + 1]) : il[at];
            var code = OpCodesByValue[value];
            at += code.Size;
            if (code.OperandType is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineTok)
            {
                if (method.Module.ResolveMember(BitConverter.ToInt32(il, at), typeArguments, methodArguments) is { } member)
                {
                    yield return member;
                }
            }

            at += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(il, at)),
                _ => 4,
            };
        }
    }
}
