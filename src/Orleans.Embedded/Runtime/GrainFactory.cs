namespace Orleans.Runtime;

/// <summary>Makes references; also the client that shares the silo's process.</summary>
internal sealed class GrainFactory(Silo silo, IServiceProvider services) : IClusterClient
{
    public IServiceProvider ServiceProvider { get; } = services;

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(primaryKey);
        if (grainClassNamePrefix is not null)
            throw new NotSupportedException("A grain interface has one class here; a prefix chooses none.");
        return (TGrainInterface)(object)Proxies.Create(typeof(TGrainInterface), new GrainTarget(silo, silo.Classes.For(typeof(TGrainInterface)), primaryKey));
    }

    public TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        ArgumentNullException.ThrowIfNull(obj);
        if (obj is GrainReference)
            throw new ArgumentException("The object is a reference already.", nameof(obj));
        if (obj is IGrainBase)
            throw new ArgumentException("A grain is no observer object; it has a reference of its own.", nameof(obj));
        if (obj is not TGrainObserverInterface)
            throw new ArgumentException($"{obj.GetType()} does not implement {typeof(TGrainObserverInterface)}.", nameof(obj));
        return (TGrainObserverInterface)(object)Proxies.Create(typeof(TGrainObserverInterface), new ObserverTarget(silo, obj));
    }

    public void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        if (obj is not GrainReference { Target: ObserverTarget target })
            throw new ArgumentException("Not a reference made by CreateObjectReference.", nameof(obj));
        target.Delete();
    }
}
