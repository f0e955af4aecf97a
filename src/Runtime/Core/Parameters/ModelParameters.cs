using System;
using System.Collections.Generic;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Threading;

namespace SdCompiler.Runtime;

/// <summary>All parameters of a model, in order, shared by its trainers and predictors.</summary>
public sealed class ModelParameters
{
    private readonly Parameter[] all;
    private readonly Dictionary<string, int> indices = new(StringComparer.Ordinal);
    private readonly Lock homecoming = new();
    private volatile IParameterHost? host;

    /// <summary>Gathers parameters; their values stay as they are (zeros, when they are new).</summary>
    /// <param name="seed">The seed of <see cref="Initialize"/>.</param>
    /// <param name="parameters">The parameters, in an order that belongs to the model.</param>
    /// <exception cref="ArgumentException">Two have the same name.</exception>
    public ModelParameters(long seed, params Parameter[] parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Seed = seed;
        all = (Parameter[])parameters.Clone();
        for (int i = 0; i < all.Length; i++)
        {
            if (!indices.TryAdd(all[i].Name, i))
            {
                throw new ArgumentException($"Two parameters are called '{all[i].Name}'.", nameof(parameters));
            }

            all[i].Model = this;
        }

        ShapeHash = HashShapes(all);
    }

    /// <summary>The seed of the first values and of every mask; a checkpoint that is loaded brings its own.</summary>
    public long Seed { get; internal set; }

    /// <summary>What files say of the model beside its weights.</summary>
    public ModelIdentity Identity { get; init; } = ModelIdentity.Anonymous;

    /// <summary>Which paths of tags decoding may choose among, for a model that ends in a CRF; null for all. Belongs to the model in memory, not to its files.</summary>
    public CrfConstraints? TagConstraints { get; set; }

    /// <summary>The parameters, in order.</summary>
    public IReadOnlyList<Parameter> All => all;

    /// <summary>How many numbers all parameters have together.</summary>
    public long Count
    {
        get
        {
            long count = 0;
            foreach (Parameter parameter in all)
            {
                count += parameter.Count;
            }

            return count;
        }
    }

    /// <summary>SHA-256 of names and shapes, 64 hexadecimal digits: equal for models whose weights fit each other.</summary>
    public string ShapeHash { get; }

    /// <summary>Grows with every change of the model's own memory, so that a copy elsewhere can tell whether it is old.</summary>
    internal long Version { get; set; }

    /// <summary>Notes that someone else holds newer values; they are fetched when they are next asked for.</summary>
    internal void LeaveHome(IParameterHost newest) => host = newest;

    /// <summary>Says that every value is about to be overwritten, so that nobody's newer ones matter any more.</summary>
    internal void Overwrite()
    {
        lock (homecoming)
        {
            host?.GiveUp();
            host = null;
        }
    }

    /// <summary>Whether that one holds the newest values.</summary>
    internal bool IsAt(IParameterHost newest) => ReferenceEquals(host, newest);

    /// <summary>Makes the model's own memory the newest; costs nothing where it is already. Whoever reads or changes parameters calls it first.</summary>
    internal void BringHome()
    {
        if (host is null)
        {
            return;
        }

        lock (homecoming)
        {
            host?.BringHome();
            host = null;
        }
    }

    /// <summary>A parameter by its name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="KeyNotFoundException">The model has no such parameter.</exception>
    public Parameter this[string name] => all[IndexOf(name)];

    /// <summary>A matrix by its name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="KeyNotFoundException">The model has no such matrix.</exception>
    public MatrixParameter Matrix(string name) => Find<MatrixParameter>(name);

    /// <summary>A bias by its name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="KeyNotFoundException">The model has no such vector.</exception>
    public VectorParameter Vector(string name) => Find<VectorParameter>(name);

    /// <summary>An embedding table by its name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="KeyNotFoundException">The model has no such table.</exception>
    public TableParameter Table(string name) => Find<TableParameter>(name);

    /// <summary>True, with the parameter, when there is one of that name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="parameter">The parameter, or null.</param>
    public bool TryGet(string name, out Parameter? parameter)
    {
        parameter = indices.TryGetValue(name, out int index) ? all[index] : null;
        return parameter is not null;
    }

    /// <summary>Gives a parameter its first values; they depend on the seed, the parameter's number and the arguments, on nothing else.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="role">What it is for.</param>
    /// <param name="inputs">What the layer's matrix reads: its rows. Not used for an embedding.</param>
    /// <param name="units">H for an LSTM, outputs for the other layers.</param>
    /// <param name="initializer">The kind of first values.</param>
    /// <param name="range">The range of <see cref="Initializer.Uniform"/>; not used by the others.</param>
    /// <param name="forgetBias">The first value of a forget gate's bias, or NaN to leave it to the initialiser. Only for <see cref="ParameterRole.LstmBias"/>.</param>
    /// <exception cref="ArgumentException">A size does not match the parameter, or the range is not a finite number from 0 up.</exception>
    public void Initialize(
        string name, ParameterRole role, int inputs, int units, Initializer initializer, double range, double forgetBias = double.NaN)
    {
        int index = IndexOf(name);
        BringHome();
        Version++;
        ParameterInitializer.Fill(all[index], CounterRandom.Key(Seed, (ulong)index), role, inputs, units, initializer, range, forgetBias);
    }

    private static string HashShapes(Parameter[] parameters)
    {
        StringBuilder text = new();
        foreach (Parameter parameter in parameters)
        {
            text.Append(parameter.Name);
            foreach (int size in parameter.Shape)
            {
                text.Append(' ').Append(size.ToString(CultureInfo.InvariantCulture));
            }

            text.Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private int IndexOf(string name)
        => indices.TryGetValue(name, out int index) ? index : throw new KeyNotFoundException($"The model has no parameter '{name}'.");

    private T Find<T>(string name)
        where T : Parameter
        => this[name] as T ?? throw new KeyNotFoundException($"Parameter '{name}' is a {this[name].GetType().Name}, not a {typeof(T).Name}.");
}
