namespace SdCompiler.Runtime.Cuda;

/// <summary>A kernel of a module.</summary>
public sealed class CudaFunction
{
    // CUfunction_attribute
    private const int SharedSize = 1;
    private const int RegisterCount = 4;

    // The kernel lives as long as its module: whoever holds the kernel holds that.
    private readonly CudaModule module;
    private readonly nint handle;

    internal CudaFunction(CudaModule module, string name, nint handle)
    {
        this.module = module;
        this.handle = handle;
        Name = name;
        SharedBytes = Attribute(SharedSize);
        Registers = Attribute(RegisterCount);
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The driver's handle.</summary>
    /// <exception cref="System.ObjectDisposedException">The module was disposed.</exception>
    public nint Handle
    {
        get
        {
            module.ThrowIfDisposed();
            return handle;
        }
    }

    /// <summary>The shared memory that a block of it takes, in bytes.</summary>
    public int SharedBytes { get; }

    /// <summary>The registers that a thread of it takes.</summary>
    public int Registers { get; }

    private int Attribute(int attribute)
    {
        Check.Driver(DriverApi.cuFuncGetAttribute(out int value, attribute, handle), nameof(DriverApi.cuFuncGetAttribute));
        return value;
    }
}
