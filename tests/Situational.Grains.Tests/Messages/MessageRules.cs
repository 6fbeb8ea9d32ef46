using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Situational.Grains.Tests.Messages;

/// <summary>Every type that crosses a grain boundary can be copied to another silo, and nobody can change it on the way.</summary>
public sealed class MessageRules
{
    private static readonly HashSet<Type> Plain =
    [
        typeof(string), typeof(bool), typeof(byte), typeof(sbyte), typeof(int), typeof(long), typeof(float), typeof(double),
        typeof(DateTimeOffset), typeof(CancellationToken),
    ];

    public static TheoryData<Type> Messages()
    {
        var found = new HashSet<Type>();
        foreach (var contract in Contracts())
            foreach (var method in contract.GetMethods())
            {
                Collect(method.ReturnType, found);
                foreach (var parameter in method.GetParameters())
                    Collect(parameter.ParameterType, found);
            }
        return [.. found.OrderBy(t => t.FullName, StringComparer.Ordinal)];
    }

    [Fact]
    public void Contracts_OfTheGrains_AreAllLookedAt()
    {
        Assert.Equal(
            ["ICityGrain", "ICoverageGrain", "IGridGrain", "ILiveViewObserver", "INodesGrain", "ISquadGrain"],
            Contracts().Select(c => c.Name).Order(StringComparer.Ordinal));
        Assert.True(Messages().Count >= 15);
    }

    [Fact]
    public void Contracts_EveryMethod_HasAnAliasOfItsOwnAndEndsInATask()
    {
        foreach (var contract in Contracts())
        {
            Assert.NotNull(contract.GetCustomAttribute<AliasAttribute>());
            var aliases = contract.GetMethods().Select(m => Assert.IsType<AliasAttribute>(m.GetCustomAttribute<AliasAttribute>()).Alias).ToArray();
            Assert.Equal(aliases.Length, aliases.Distinct().Count());
            Assert.All(contract.GetMethods(), m => Assert.EndsWith("Async", m.Name, StringComparison.Ordinal));
            Assert.All(contract.GetMethods(), m => Assert.True(typeof(Task).IsAssignableFrom(m.ReturnType), m.Name));
        }
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Message_EveryOne_IsSerializedByMembersThatHaveAnIdEach(Type message)
    {
        Assert.NotNull(message.GetCustomAttribute<GenerateSerializerAttribute>());
        Assert.NotNull(message.GetCustomAttribute<ImmutableAttribute>());
        Assert.NotNull(message.GetCustomAttribute<AliasAttribute>());
        var ids = Members(message).Select(p => Assert.IsType<IdAttribute>(p.GetCustomAttribute<IdAttribute>()).Id).ToArray();
        Assert.Equal(Enumerable.Range(0, ids.Length).Select(i => (uint)i), ids.Order());
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Message_EveryOne_IsImmutableAllTheWayDown(Type message)
    {
        Assert.True(message.IsValueType ? message.GetCustomAttribute<IsReadOnlyAttribute>() is not null : message.IsSealed, message.Name);
        Assert.All(message.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic), f => Assert.True(f.IsInitOnly, f.Name));
        foreach (var member in Members(message))
        {
            if (member.SetMethod is { } set)
                Assert.Contains(typeof(IsExternalInit), set.ReturnParameter.GetRequiredCustomModifiers());
            Assert.True(IsFixed(member.PropertyType), $"{message.Name}.{member.Name} is a {member.PropertyType}");
        }
    }

    [Fact]
    public void Aliases_OfAllMessages_AreDistinct()
    {
        var aliases = Messages().Select(m => m.Data.GetCustomAttribute<AliasAttribute>()!.Alias).ToArray();
        Assert.Equal(aliases.Length, aliases.Distinct().Count());
    }

    private static IEnumerable<Type> Contracts() => typeof(IGridGrain).Assembly.GetTypes().Where(
        t => t.IsInterface && (typeof(IGrain).IsAssignableFrom(t) || typeof(IGrainObserver).IsAssignableFrom(t)));

    private static IEnumerable<PropertyInfo> Members(Type message) =>
        message.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(p => p.GetIndexParameters().Length == 0);

    private static bool IsFixed(Type type) => Nullable.GetUnderlyingType(type) is { } inner
        ? IsFixed(inner)
        : Plain.Contains(type) || type.IsEnum || type.GetCustomAttribute<ImmutableAttribute>() is not null
            || typeof(IGrainObserver).IsAssignableFrom(type)
            || (IsArray(type) && IsFixed(type.GetGenericArguments()[0]));

    private static bool IsArray(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>);

    private static void Collect(Type type, HashSet<Type> found)
    {
        if (Plain.Contains(type) || type.IsEnum || type == typeof(Task) || typeof(IGrainObserver).IsAssignableFrom(type))
            return;
        if (type.IsGenericType)
        {
            var definition = type.GetGenericTypeDefinition();
            Assert.True(definition == typeof(Task<>) || definition == typeof(ImmutableArray<>) || definition == typeof(Nullable<>), type.ToString());
            Collect(type.GetGenericArguments()[0], found);
            return;
        }
        Assert.Equal(typeof(IGridGrain).Assembly, type.Assembly);
        if (!found.Add(type))
            return;
        foreach (var member in Members(type))
            Collect(member.PropertyType, found);
    }
}
