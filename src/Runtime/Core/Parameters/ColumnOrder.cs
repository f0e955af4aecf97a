namespace SdCompiler.Runtime;

/// <summary>How the columns of a weight matrix (its outputs) are arranged in memory.</summary>
public enum ColumnOrder
{
    /// <summary>In their own order, padded with zeros to a multiple of 32.</summary>
    Plain = 0,

    /// <summary>The four gates of an LSTM, interleaved so that one panel of 32 columns holds 8 units: gate g of unit u is column 32 (u/8) + 8 g + u%8. Units are padded with zeros to a multiple of 8.</summary>
    Gates = 1,
}
