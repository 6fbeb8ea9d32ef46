namespace Situational.Storage;

/// <summary>The data folder or its database cannot be used at all; the message says why in one line that an operator can act on.</summary>
public sealed class StorageUnusableException : Exception
{
    /// <summary>Creates it.</summary>
    public StorageUnusableException(string message, Exception? inner = null) : base(message, inner) { }
}
