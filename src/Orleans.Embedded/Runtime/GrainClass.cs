using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;
using Orleans.Configuration;

namespace Orleans.Runtime;

/// <summary>A grain class: how to make one and how its activations behave.</summary>
internal sealed class GrainClass
{
    private readonly ObjectFactory _create;

    public GrainClass(Type type, GrainCollectionOptions collection)
    {
        Type = type;
        IsReentrant = type.IsDefined(typeof(ReentrantAttribute), inherit: true);
        CollectionAge = collection.ClassSpecificCollectionAge.TryGetValue(type.FullName ?? type.Name, out var age) ? age : collection.CollectionAge;
        _create = ActivatorUtilities.CreateFactory(type, Type.EmptyTypes);
    }

    public Type Type { get; }

    public bool IsReentrant { get; }

    /// <summary>How long an activation must be idle to end; infinite for never.</summary>
    public TimeSpan CollectionAge { get; }

    /// <summary>Makes an instance; called inside its activation.</summary>
    public object Create(IServiceProvider services) => _create(services, null);
}
