using System.Reflection;

namespace SdCompiler.Trainer.Tests.Harness;

/// <summary>Calls by reflection that fail as a direct call would.</summary>
internal static class ReflectionExtensions
{
    /// <summary>Invokes a method; its own exception comes out, not one about reflection.</summary>
    public static object? InvokeUnwrapped(this MethodBase method, object? target, params object?[] arguments) =>
        method.Invoke(target, BindingFlags.DoNotWrapExceptions, null, arguments, null);
}
